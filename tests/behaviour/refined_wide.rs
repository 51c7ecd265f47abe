//! Prefetches that are refined in specs of many fields, wherever among them they stand.

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct OrderId {
    id: i32,
}

/// A spec with these columns, and between them the same prefetch at its beginning, twice inside and at its end.
macro_rules! wide {
    ($spec:ident: $($one:ident)* | $($two:ident)* | $($three:ident)*) => {
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Person)]
        struct $spec {
            #[load(prefetch = orders)]
            first: Vec<OrderId>,
            $(#[diesel(column_name = id)] $one: i32,)*
            #[load(prefetch = orders)]
            second: Vec<OrderId>,
            $(#[diesel(column_name = id)] $two: i32,)*
            #[load(prefetch = orders, order_by = orders::id, limit = 3)]
            third: Vec<OrderId>,
            #[load(join)]
            boss: Option<Joined>,
            $(#[diesel(column_name = id)] $three: i32,)*
            #[load(prefetch = orders)]
            last: Vec<OrderId>,
        }

        impl $spec {
            #[track_caller]
            fn check(&self, id: i32, orders: [&[i32]; 4]) {
                $(assert_eq!(self.$one, id);)*
                $(assert_eq!(self.$two, id);)*
                $(assert_eq!(self.$three, id);)*
                let ids = |orders: &[OrderId]| orders.iter().map(|order| order.id).collect::<Vec<_>>();
                let loaded = [&self.first, &self.second, &self.third, &self.last];
                assert_eq!(loaded.map(|rows| ids(rows)), orders.map(<[i32]>::to_vec));
            }
        }
    };
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct Joined {
    #[load(prefetch)]
    orders: Vec<OrderId>,
}

wide! {
    Nine: a0 a1 | b0 | c0
}
wide! {
    Seventeen: a0 a1 a2 a3 a4 a5 | b0 | c0 c1 c2 c3 c4
}
wide! {
    SixtyFive: a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 | b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19 b20 b21 b22 b23 b24 b25 b26 b27 b28 b29 | c0
}
wide! {
    Ninety: a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32 a33 a34 a35 a36 a37 a38 a39 a40 a41 a42 a43 a44 a45 a46 a47 a48 a49 a50 a51 a52 a53 a54 a55 a56 a57 a58 a59 a60 a61 | b0 b1 b2 b3 b4 b5 | c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16
}

/// All four refined, and the one below the join.
macro_rules! check {
    ($($spec:ident)*) => {$({
        let conn = &mut shop();
        let trace = Trace::of(conn);
        assert_eq!($spec::QUERIES, 6);
        let least = 15;
        let people = $spec::query()
            .prefetch($spec::last, |orders| orders.order(orders::id.desc()).limit(1))
            .prefetch($spec::second, |orders| orders.filter(orders::placed.lt(&least)))
            .prefetch($spec::first, |orders| orders.filter(orders::id.eq(2)))
            .prefetch($spec::third, |orders| orders.offset(1))
            .prefetch($spec::first, |orders| orders.or_filter(orders::id.eq(4)))
            .prefetch($spec::boss.then(Joined::orders), |orders| orders.limit(1).order(orders::id.desc()))
            .order(people::id)
            .load(conn)
            .unwrap();
        assert_eq!(trace.sql().len(), 6);
        people[0].check(1, [&[2], &[1], &[2, 3], &[3]]);
        people[1].check(2, [&[4], &[4], &[], &[4]]);
        people[2].check(3, [&[], &[], &[], &[]]);
        let below = |at: usize| {
            let boss = people[at].boss.as_ref();
            boss.map(|boss| boss.orders.iter().map(|order| order.id).collect::<Vec<_>>())
        };
        assert_eq!([0, 1, 2, 3].map(below), [None, Some(vec![3]), Some(vec![3]), Some(vec![4])]);
    })*};
}

#[test]
fn of_nine_fields_and_of_seventeen() {
    check!(Nine Seventeen);
}

#[test]
fn of_sixty_five_fields_and_of_ninety() {
    check!(SixtyFive Ninety);
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Below {
    id: i32,
    #[load(join)]
    person: Ninety,
    #[load(prefetch = person)]
    again: SixtyFive,
}

#[test]
fn below_joins_and_prefetches() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let orders = Below::query()
        .prefetch(Below::person.then(Ninety::third), |orders| orders.limit(1))
        .prefetch(Below::person.then(Ninety::boss).then(Joined::orders), |orders| {
            orders.filter(orders::id.eq(2))
        })
        .prefetch(Below::again, |people| {
            people.prefetch(SixtyFive::last, |orders| orders.filter(orders::open.eq(true)))
        })
        .order(orders::id)
        .load(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), Below::QUERIES);
    let ids = |orders: &[OrderId]| crate::support::sorted(orders.iter().map(|order| order.id));
    for order in &orders {
        let (person, again) = (&order.person, &order.again);
        let (all, open, first): (&[i32], &[i32], i32) =
            if order.id == 4 { (&[4], &[], 4) } else { (&[1, 2, 3], &[1, 3], 1) };
        assert_eq!(
            (ids(&person.first), ids(&person.second), ids(&person.last)),
            (all.into(), all.into(), all.into())
        );
        assert_eq!(ids(&person.third), [first]);
        assert_eq!(
            (ids(&again.first), ids(&again.third), ids(&again.last)),
            (all.into(), all.into(), open.into())
        );
        let below = person.boss.as_ref().map(|boss| ids(&boss.orders));
        assert_eq!(below, (order.id == 4).then(|| vec![2]));
    }
}
