//! What the database computes: aggregates of relations and expressions on columns.

use diesel::dsl::{case_when, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use upfront::LoadSpec;

use crate::shop::*;

diesel::define_sql_function! { fn upper(text: Text) -> Text; }
diesel::define_sql_function! { fn length(text: Text) -> Integer; }

#[test]
fn every_aggregate() {
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Derived {
        #[load(annotate = lines.count())]
        count: i64,
        #[load(annotate = lines.count_distinct(lines::product_id))]
        products: i64,
        #[load(annotate = lines.sum(lines::quantity))]
        sum: Option<i64>,
        #[load(annotate = lines.sum(lines::price * lines::price))]
        squares: Option<f64>,
        #[load(annotate = lines.avg(lines::price))]
        avg: Option<f64>,
        #[load(annotate = lines.min(lines::price))]
        min: Option<f64>,
        #[load(annotate = lines.max(lines::quantity))]
        max: Option<i32>,
        #[load(annotate = lines.exists())]
        exists: bool,
        #[load(annotate = lines.any(lines::quantity.gt(4)))]
        any: bool,
        #[load(annotate = lines.none(lines::quantity.gt(4)))]
        none: bool,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Order {
            annotate lines.count() as count,
            annotate lines.count_distinct(lines::product_id) as products,
            annotate lines.sum(lines::quantity) as sum: Option<i64>,
            annotate lines.sum(lines::price * lines::price) as squares: Option<f64>,
            annotate lines.avg(lines::price) as avg: Option<f64>,
            annotate lines.min(lines::price) as min,
            annotate lines.max(lines::quantity) as max,
            annotate lines.exists() as exists,
            annotate lines.any(lines::quantity.gt(4)) as any,
            annotate lines.none(lines::quantity.gt(4)) as none,
        }
    );
    assert_eq!((rows[0].count, rows[0].products, rows[0].sum, rows[0].any), (3, 2, Some(8), true));
    assert_eq!((rows[2].max, rows[2].exists), (None, false));
}

#[test]
fn the_types_of_aggregates_are_known() {
    let rows = same!(
        shop,
        Known::query(),
        Order {
            annotate lines.sum(lines::quantity) as sum,
            annotate lines.avg(lines::price) as avg,
            annotate lines.sum(lines::quantity).default(0) as all,
            annotate order::lines.filter(lines::price.ge(2.0)).max(lines::quantity) as most,
        }
    );
    let sum: Option<i64> = rows[0].sum;
    let avg: Option<f64> = rows[1].avg;
    assert_eq!((sum, avg, rows[2].all, rows[3].most), (Some(8), Some(2.5), 0_i64, Some(3_i32)));
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Known {
    #[load(annotate = lines.sum(lines::quantity))]
    sum: Option<i64>,
    #[load(annotate = lines.avg(lines::price))]
    avg: Option<f64>,
    #[load(annotate = lines.sum(lines::quantity).default(0))]
    all: i64,
    #[load(annotate = order::lines.filter(lines::price.ge(2.0)).max(lines::quantity))]
    most: Option<i32>,
}

#[test]
fn filters_and_defaults() {
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Derived {
        #[load(annotate = lines.filter(lines::price.ge(2.0)).filter(lines::quantity.gt(1)).sum(lines::quantity + lines::id).default(-1))]
        sum: i64,
        #[load(annotate = lines.filter(lines::price.lt(2.0)).min(lines::product_id).default(0))]
        min: i32,
        #[load(annotate = lines.filter(lines::price.ge(2.0).and(lines::quantity.lt(3))).avg(lines::price).default(0.5))]
        avg: f64,
        #[load(annotate = lines.filter(lines::quantity.gt(4)).exists())]
        filtered: bool,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Order {
            annotate lines
                .filter(lines::price.ge(2.0))
                .filter(lines::quantity.gt(1))
                .sum(lines::quantity + lines::id)
                .default(-1) as sum: i64,
            annotate lines.filter(lines::price.lt(2.0)).min(lines::product_id).default(0) as min,
            annotate lines
                .filter(lines::price.ge(2.0).and(lines::quantity.lt(3)))
                .avg(lines::price)
                .default(0.5) as avg: f64,
            annotate lines.filter(lines::quantity.gt(4)).exists() as filtered,
        }
    );
    assert_eq!((rows[3].sum, rows[1].min, rows[2].avg, rows[0].filtered), (8, 0, 0.5, true));
}

#[test]
fn expressions_whose_types_are_written() {
    #[derive(LoadSpec, Debug)]
    #[load(Product)]
    struct Derived {
        #[load(annotate = upper(products::name))]
        loud: String,
        #[load(annotate = length(products::name.concat(products::kind)))]
        letters: i32,
        #[load(annotate = products::id * 10 + 1)]
        number: i32,
        #[load(annotate = products::weight)]
        weight: Option<i32>,
        #[load(annotate = products::weight + 1)]
        more: Option<i32>,
        #[load(annotate = products::weight.is_null())]
        unknown: bool,
        #[load(annotate = not(products::kind.eq("tool")))]
        other: bool,
        #[load(annotate = lines.count().gt(orders.filter(orders::open.eq(true)).count()))]
        more_lines: bool,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Product {
            annotate upper(products::name) as loud: String,
            annotate length(products::name.concat(products::kind)) as letters: i32,
            annotate products::id * 10 + 1 as number: i32,
            annotate products::weight as weight: Option<i32>,
            annotate products::weight + 1 as more: Option<i32>,
            annotate products::weight.is_null() as unknown: bool,
            annotate not(products::kind.eq("tool")) as other: bool,
            annotate lines.count().gt(orders.filter(orders::open.eq(true)).count()) as more_lines: bool,
        }
    );
    let by_hand: Vec<(i32, Option<i32>)> = products::table
        .select((products::id * 10 + 1, products::weight + 1))
        .load(&mut shop())
        .unwrap();
    assert_eq!(rows.iter().map(|row| (row.number, row.more)).collect::<Vec<_>>(), by_hand);
}

#[test]
fn expressions_whose_types_are_found() {
    #[derive(LoadSpec, Debug)]
    #[load(Product)]
    struct Derived {
        #[load(annotate = upper(products::name))]
        loud: String,
        #[load(annotate = products::weight + 1)]
        more: Option<i32>,
        #[load(annotate = products::name.concat("!"))]
        cry: String,
        #[load(annotate = products::name.like("%a%").and(products::id.ne(3)))]
        a: bool,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Product {
            annotate upper(products::name) as loud,
            annotate products::weight + 1 as more,
            annotate products::name.concat("!") as cry,
            annotate products::name.like("%a%").and(products::id.ne(3)) as a,
        }
    );
    assert_eq!((rows[0].loud.as_str(), rows[1].more, rows[2].cry.as_str()), ("AXE", None, "cap!"));
}

#[test]
fn annotations_of_the_rows_of_relations() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Order)]
    struct Counted {
        id: i32,
        #[load(annotate = lines.count())]
        lines: i64,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Person)]
    struct Boss {
        #[load(annotate = upper(people::name))]
        loud: String,
        #[load(annotate = reports.count())]
        reports: i64,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        name: String,
        #[load(join)]
        boss: Option<Boss>,
        #[load(prefetch, order_by = orders::id)]
        orders: Vec<Counted>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person {
            name,
            join boss { annotate upper(people::name) as loud: String, annotate reports.count() as reports },
            prefetch orders.order_by(orders::id) { id, annotate lines.count() as lines },
        }
    );
    let boss = rows[1].boss.as_ref().unwrap();
    assert_eq!((boss.loud.as_str(), boss.reports, rows[0].orders[0].lines), ("ANN", 2, 3));
}

/// What only an expression can be: its type is nowhere written.
#[test]
fn expressions_of_any_type() {
    let conn = &mut shop();
    let heavy = 500;
    let rows = upfront::load!(Product {
        id,
        annotate case_when(products::weight.gt(heavy), "heavy".into_sql::<Text>()).otherwise("light") as class,
        annotate sql::<Integer>("abs(-").bind::<Integer, _>(heavy).sql(")") as size,
        annotate 7_i32.into_sql::<Integer>() as seven,
    })
    .order(products::id)
    .load(conn)
    .unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.class.as_str(), row.size, row.seven)).collect();
    assert_eq!(shown, [("heavy", 500, 7), ("light", 500, 7), ("light", 500, 7)]);
}
