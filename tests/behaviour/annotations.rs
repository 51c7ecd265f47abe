//! Annotations: any expression on the columns of the model, read with each row.

use diesel::connection::SimpleConnection;
use diesel::dsl::{case_when, exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Nullable, Text};
use upfront::{FieldError, LoadSpec};

use crate::shop::*;
use crate::support::{Trace, cause};

diesel::define_sql_function! { fn lower(text: Text) -> Text; }
diesel::define_sql_function! { fn upper(text: Text) -> Text; }
diesel::define_sql_function! { fn length(text: Text) -> Integer; }
diesel::define_sql_function! { fn coalesce(one: Nullable<Integer>, other: Integer) -> Integer; }
diesel::define_sql_function! { fn substr(text: Text, from: Integer, length: Integer) -> Text; }

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Product, max_queries = 1)]
struct Computed {
    name: String,
    #[load(annotate = upper(products::name))]
    loud: String,
    #[load(annotate = length(products::name.concat(products::kind)))]
    letters: i32,
    #[load(annotate = substr(upper(products::kind), 2_i32, 2_i32))]
    middle: String,
    #[load(annotate = products::id * 10 + 1)]
    number: i32,
    #[load(annotate = products::weight)]
    weight: Option<i32>,
    #[load(annotate = products::weight + 1)]
    more: Option<i32>,
    #[load(annotate = coalesce(products::weight, -1_i32))]
    at_least: i32,
    #[load(annotate = products::weight.is_null())]
    unknown: bool,
    #[load(annotate = products::weight.gt(500))]
    heavy: Option<bool>,
    #[load(annotate = products::name.like("%a%").and(products::id.ne(3)))]
    a: bool,
    #[load(annotate = not(products::kind.eq("tool")))]
    other: bool,
    #[load(annotate = products::kind.concat(": ").concat(products::name))]
    text: String,
    #[load(annotate = lines.count().gt(orders.filter(orders::open.eq(true)).count()))]
    more_lines: bool,
}

/// What is computed of the axe, the bow and the cap.
fn computed() -> [Computed; 3] {
    let axe = Computed {
        name: "axe".into(),
        loud: "AXE".into(),
        letters: 7,
        middle: "OO".into(),
        number: 11,
        weight: Some(900),
        more: Some(901),
        at_least: 900,
        unknown: false,
        heavy: Some(true),
        a: true,
        other: false,
        text: "tool: axe".into(),
        more_lines: true,
    };
    let bow = Computed {
        name: "bow".into(),
        loud: "BOW".into(),
        letters: 7,
        middle: "OO".into(),
        number: 21,
        weight: None,
        more: None,
        at_least: -1,
        unknown: true,
        heavy: None,
        a: false,
        other: false,
        text: "tool: bow".into(),
        more_lines: false,
    };
    let cap = Computed {
        name: "cap".into(),
        loud: "CAP".into(),
        letters: 7,
        middle: "EA".into(),
        number: 31,
        weight: Some(100),
        more: Some(101),
        at_least: 100,
        unknown: false,
        heavy: Some(false),
        a: false,
        other: true,
        text: "wear: cap".into(),
        more_lines: true,
    };
    [axe, bow, cap]
}

#[test]
fn functions_operators_and_comparisons() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    assert_eq!(Computed::query().order(products::id).load(conn).unwrap(), computed());
    assert_eq!(trace.sql().len(), 1);
}

#[test]
fn the_same_expressions_filter_and_order() {
    let conn = &mut shop();
    let [axe, bow, cap] = computed();
    let loud = upper(products::name);
    let products = Computed::query()
        .filter(loud.ge("B"))
        .order(upper(products::name).desc())
        .load(conn)
        .unwrap();
    assert_eq!(products, [cap, bow]);
    let products = Computed::query()
        .filter(coalesce(products::weight, -1).gt(0))
        .order(coalesce(products::weight, -1).desc())
        .limit(1)
        .load(conn)
        .unwrap();
    assert_eq!(products, [axe]);
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Product)]
struct Small {
    #[load(annotate = lower(products::name).concat("!"))]
    text: String,
    #[load(annotate = products::id + 1)]
    next: i32,
    #[load(annotate = lines.count())]
    lines: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Line)]
struct Held {
    id: i32,
    #[load(join)]
    product: Option<Small>,
    #[load(prefetch = product)]
    again: Option<Small>,
}

#[test]
fn at_joined_places_and_in_prefetches() {
    let conn = &mut shop();
    conn.batch_execute("UPDATE lines SET product_id = 9 WHERE id = 4").unwrap();
    let lines = Held::query().order(lines::id).load(conn).unwrap();
    let small = |text: &str, next, lines| Some(Small { text: text.into(), next, lines });
    let (axe, bow, cap) = (small("axe!", 2, 3), small("bow!", 3, 1), small("cap!", 4, 1));
    let expected = [&axe, &bow, &axe, &None, &cap, &axe];
    for (line, expected) in lines.iter().zip(expected) {
        assert_eq!((&line.product, &line.again), (expected, expected), "{}", line.id);
    }
    assert_eq!(lines.len(), 6);
}

#[diesel::dsl::auto_type]
fn case() -> _ {
    case_when(products::id.gt(1_i32), products::kind).otherwise("first")
}

#[derive(LoadSpec, Debug)]
#[load(Product)]
struct Cases {
    #[load(annotate = case())]
    told: String,
    #[load(annotate = case_when(products::kind.eq("tool"), products::id).when(products::weight.is_null(), 0).otherwise(-1))]
    number: i32,
    #[load(annotate = sql::<Double>("products.id / 2.0") as diesel::expression::SqlLiteral<Double>)]
    half: f64,
    #[load(annotate = exists(lines::table.filter(lines::product_id.eq(products::id)).filter(lines::price.gt(3.0))))]
    dear: bool,
}

#[test]
fn cases_literal_sql_and_subqueries() {
    let conn = &mut shop();
    let cases = Cases::query().order(products::id).load(conn).unwrap();
    let rows: Vec<_> =
        cases.iter().map(|row| (row.told.as_str(), row.number, row.half, row.dear)).collect();
    assert_eq!(rows, [("first", 1, 0.5, false), ("tool", 2, 1.0, true), ("wear", -1, 1.5, false)]);
}

#[derive(LoadSpec, Debug)]
#[load(Product, params(least: i32, ending: String))]
struct WithParams {
    #[load(annotate = products::id + least)]
    sum: i32,
    #[load(annotate = products::name.concat(ending))]
    text: String,
    #[load(annotate = coalesce(products::weight, least).gt(least))]
    heavy: bool,
    #[load(annotate = lines.filter(lines::quantity.ge(least)).count())]
    lines: i64,
    #[load(annotate = lines.sum(lines::quantity + least).default(0))]
    total: i64,
    #[load(annotate = lines.filter(lines::quantity.gt(99)).max(lines::quantity).default(least))]
    default: i32,
}

#[test]
fn with_parameters() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    for least in [2, 3] {
        let rows = WithParams::query(least, "?".to_owned()).order(products::id).load(conn).unwrap();
        assert_eq!(trace.cached().len(), if least == 2 { 1 } else { 0 });
        let (axe, cap) = (&rows[0], &rows[2]);
        assert_eq!((axe.sum, &*axe.text, axe.heavy), (1 + least, "axe?", true));
        assert!(!rows[1].heavy);
        // The axe is bought by 2, 5 and 1 pieces, the cap by 1 and 3.
        assert_eq!((axe.lines, cap.lines), (if least == 2 { 2 } else { 1 }, 1));
        assert_eq!(axe.total, 8 + 3 * i64::from(least));
        assert_eq!(cap.default, least);
    }
}

#[derive(LoadSpec, Debug)]
#[load(Product)]
struct Lied {
    #[load(annotate = substr(products::name, 1_i32, 1_i32))]
    letter: String,
}

#[test]
fn what_cannot_be_read_names_the_field() {
    let conn = &mut shop();
    assert_eq!(Lied::query().find(1).first(conn).unwrap().letter, "a");
    conn.batch_execute("UPDATE products SET name = x'ff' WHERE id = 1").unwrap();
    let error: FieldError = cause(Lied::query().load(conn));
    assert_eq!((error.spec, error.column), ("Lied", "letter"));
}
