//! Names that are keywords: of columns, relations, a model and its module, and a spec.

use diesel::prelude::*;
use r#mod::Loaded as _;
use upfront::{LoadSpec, Loads, Model, load};

use crate::schema::types;

#[allow(non_camel_case_types)]
#[derive(Model)]
#[diesel(table_name = types, primary_key(r#type))]
#[model(
    module = r#mod,
    belongs_to(r#super_type: r#enum, foreign_key = r#in),
    has_many(r#impl: r#enum, foreign_key = types::r#in),
)]
struct r#enum {
    r#type: i32,
    r#match: String,
    r#in: Option<i32>,
}

#[allow(non_camel_case_types)]
#[derive(LoadSpec, Clone)]
#[load(r#enum)]
struct r#struct {
    r#match: String,
}

#[derive(LoadSpec)]
#[load(r#enum)]
struct Type {
    r#type: i32,
    #[diesel(column_name = r#match)]
    r#fn: String,
    #[load(join = super_type)]
    r#where: Option<r#struct>,
    #[load(prefetch)]
    r#impl: Vec<r#struct>,
    #[load(annotate = r#impl.count())]
    r#for: i64,
}

fn below(one: &impl Loads<r#mod::r#impl, Value = Vec<r#struct>>) -> Vec<&str> {
    one.r#impl().iter().map(|below| below.r#match().as_str()).collect()
}

#[test]
fn a_spec_loads() {
    let conn = &mut crate::connection::connection();
    let all = Type::query().order(types::r#type).load(conn).unwrap();
    assert_eq!((all[0].r#type, all[0].r#fn.as_str(), all[0].r#for), (1, "root", 1));
    assert_eq!(below(&all[0]), ["leaf"]);
    assert_eq!((all[0].r#type(), all[0].r#match().as_str()), (&1, "root"));
    assert_eq!(all[1].super_type().as_ref().unwrap().r#match, "root");
    assert_eq!(all[1].r#where.as_ref().unwrap().r#match, "root");

    let under_root = Type::r#where.field(types::r#match).eq("root");
    assert_eq!(Type::query().filter(under_root).load(conn).unwrap().len(), 1);
}

load! {
    #[allow(non_camel_case_types)]
    struct r#loop: r#enum {
        r#type,
        r#match as r#fn,
        join r#super_type as r#where { r#match },
        prefetch r#impl { r#match as r#in },
        annotate r#impl.count() as r#for,
    }
}

#[test]
fn load_in_place() {
    let conn = &mut crate::connection::connection();
    let all = r#loop::query().order(types::r#type).load(conn).unwrap();
    assert_eq!((all[0].r#type, all[0].r#fn.as_str(), all[0].r#for), (1, "root", 1));
    assert_eq!(all[0].r#impl[0].r#in, "leaf");
    let r#final = 1;
    let all = load!(r#enum {
        *,
        join super_type as r#where: r#enum { defer(r#in, r#match) },
        prefetch r#mod::r#impl.filter(types::r#type.gt(r#final)) as r#struct { r#match },
        annotate types::r#type + r#final as r#as,
    });
    let all = all.order(types::r#type).load(conn).unwrap();
    assert_eq!(
        (all[1].r#as, all[1].r#in, all[0].r#struct[0].r#match.as_str()),
        (3, Some(1), "leaf")
    );
    assert_eq!(all[1].r#where.as_ref().unwrap().r#type, 1);
    assert!(
        format!("{:?}", all[1])
            .starts_with("Loadedenum { type: 2, match: \"leaf\", in: Some(1), where: ")
    );
}
