//! The plan of a query in the making: what each field of a spec adds to it.

use diesel::QueryResult;
use diesel::query_builder::QueryFragment;

use super::lookup::{Lookup, Table, relations_in, text_of};
use super::{Lookups, PlannedQuery, WantedBy};
use crate::dialect::Dialect;
use crate::field::Fields;
use crate::path::{Path, Root};
use crate::query::PlannedChildren;
use crate::{LoadSpec, Model, Relation};

/// Fields whose queries, of which those of the prefetches are `Slots`, can be planned on the backend `DB`.
pub trait PlanFields<Slots, DB: Dialect>: Fields {
    /// Adds what these fields cost at the place `P`.
    fn plan<P: Path>(
        computed: &Self::Computed,
        slots: &Slots,
        planner: &mut Planner<'_, DB>,
    ) -> QueryResult<()>;
}

/// Plans one query.
pub struct Planner<'b, DB> {
    backend: &'b DB,
    /// The joined fields on the way to those that are planned.
    joined: Vec<&'static str>,
    query: PlannedQuery,
}

/// Plans the query for rows of the spec `S`.
pub(crate) fn plan<S, Slots, DB>(
    query: &dyn QueryFragment<DB>,
    computed: &<S::Fields as Fields>::Computed,
    slots: &Slots,
    backend: &DB,
) -> QueryResult<PlannedQuery>
where
    S: LoadSpec,
    S::Fields: PlanFields<Slots, DB>,
    DB: Dialect,
{
    let table = Table::of::<<S::Model as Model>::Table, DB>(backend)?;
    let query_of_spec = PlannedQuery::new(S::NAME, table, text_of(query, backend)?);
    let mut planner = Planner { backend, joined: Vec::new(), query: query_of_spec };
    S::Fields::plan::<Root<S::Model>>(computed, slots, &mut planner)?;
    planner.add_conditions(query, S::NAME)?;
    Ok(planner.query)
}

impl<DB: Dialect> Planner<'_, DB> {
    /// A relation that a field of the spec `S` joins at the place `P`, by these columns, and what is in the joined spec.
    pub(crate) fn join<S: LoadSpec, R: Relation, P: Path>(
        &mut self,
        field: &'static str,
        columns: &'static [&'static str],
        inside: impl FnOnce(&mut Self) -> QueryResult<()>,
    ) -> QueryResult<()> {
        let mut lookup = Lookup::of::<<R::Child as Model>::Table, DB>(columns, self.backend)?;
        lookup.alias = P::NAME.alias().as_str().to_owned();
        self.add(S::NAME, Some(field), R::NAME, WantedBy::Join, vec![lookup]);
        self.joined.push(field);
        inside(self)?;
        self.joined.pop();
        Ok(())
    }

    /// What a field of the spec `S` has the database compute.
    pub(crate) fn compute<S: LoadSpec>(
        &mut self,
        field: &'static str,
        expression: &dyn QueryFragment<DB>,
    ) -> QueryResult<()> {
        for (relation, way) in relations_in(expression, self.backend)? {
            self.add(S::NAME, Some(field), relation, WantedBy::Computed, way);
        }
        Ok(())
    }

    /// A prefetch of the relation `R` by a field of the spec `S`: `requested` says whether the query asks for it, of one
    /// that is optional.
    pub(crate) fn prefetch<S, R, Slot>(
        &mut self,
        field: &'static str,
        children: &Slot,
        requested: Option<bool>,
    ) -> QueryResult<()>
    where
        S: LoadSpec,
        R: Relation,
        Slot: PlannedChildren<R, DB>,
        <Slot::Spec as LoadSpec>::Fields: PlanFields<Slot::Slots, DB>,
    {
        let mut query = children.show(|query, computed, slots| {
            plan::<Slot::Spec, _, DB>(query, computed, slots, self.backend)
        })?;
        let mut way = self.joined.clone();
        way.push(field);
        query.held_by = Some((S::NAME, field));
        query.field = Some(way.join("."));
        query.relation = Some(R::NAME);
        query.requested = requested;
        let lookups = Lookup::along::<R, DB>(self.backend)?;
        let of_children = Lookups {
            spec: S::NAME,
            field: Some(field),
            relation: R::NAME,
            by: WantedBy::Prefetch,
            lookups,
        };
        query.lookups.insert(0, of_children);
        self.query.prefetches.push(query);
        Ok(())
    }

    /// The relations in the conditions and the order of the query: those that no field has.
    fn add_conditions(
        &mut self,
        query: &dyn QueryFragment<DB>,
        spec: &'static str,
    ) -> QueryResult<()> {
        for (relation, way) in relations_in(query, self.backend)? {
            if !self.query.lookups.iter().any(|known| known.is_same(relation, &way)) {
                self.add(spec, None, relation, WantedBy::Condition, way);
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        spec: &'static str,
        field: Option<&'static str>,
        relation: &'static str,
        by: WantedBy,
        lookups: Vec<Lookup>,
    ) {
        self.query.lookups.push(Lookups { spec, field, relation, by, lookups });
    }
}
