//! Values of every type are the same bit by bit, however their row is reached.

use bigdecimal::BigDecimal;
use upfront::Model;

use super::prelude::*;
use crate::target::{Moment, moment};

tests![values_are_the_same_however_they_are_reached, values_compute_as_they_are];

diesel::table! {
    parcels (id) {
        id -> Integer,
        sack_id -> Nullable<Integer>,
        number -> BigInt,
        price -> Numeric,
        weight -> Double,
        part -> Float,
        small -> SmallInt,
        seal -> Binary,
        text -> Text,
        open -> Bool,
        sent -> crate::target::MomentType,
        day -> Date,
        time -> Time,
        none -> Nullable<BigInt>,
    }
}
diesel::table! { sacks (id) { id -> Integer } }
diesel::table! { labels (id) { id -> Integer, parcel_id -> Integer } }
diesel::table! { sack_parcels (sack_id, parcel_id) { sack_id -> Integer, parcel_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(parcels, sacks, labels, sack_parcels);

#[derive(Model)]
#[diesel(table_name = parcels)]
#[model(belongs_to(sack: Sack))]
pub(crate) struct Parcel {
    pub(crate) id: i32,
    pub(crate) sack_id: Option<i32>,
    pub(crate) number: i64,
    pub(crate) price: BigDecimal,
    pub(crate) weight: f64,
    pub(crate) part: f32,
    pub(crate) small: i16,
    pub(crate) seal: Vec<u8>,
    pub(crate) text: String,
    pub(crate) open: bool,
    pub(crate) sent: Moment,
    pub(crate) day: chrono::NaiveDate,
    pub(crate) time: chrono::NaiveTime,
    pub(crate) none: Option<i64>,
}

#[derive(Model)]
#[diesel(table_name = sacks)]
#[model(has_many(parcels: Parcel), many_to_many(all: Parcel, through = sack_parcels))]
pub(crate) struct Sack {
    pub(crate) id: i32,
}

#[derive(Model)]
#[diesel(table_name = labels)]
#[model(belongs_to(parcel: Parcel))]
pub(crate) struct Label {
    pub(crate) id: i32,
    pub(crate) parcel_id: i32,
}

#[derive(LoadSpec, diesel::Queryable, diesel::Insertable, Debug, Clone, PartialEq)]
#[load(Parcel)]
#[diesel(table_name = parcels)]
struct Whole {
    id: i32,
    sack_id: Option<i32>,
    number: i64,
    price: BigDecimal,
    weight: f64,
    part: f32,
    small: i16,
    seal: Vec<u8>,
    text: String,
    open: bool,
    sent: Moment,
    day: chrono::NaiveDate,
    time: chrono::NaiveTime,
    none: Option<i64>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Sack)]
struct SackPage {
    #[load(prefetch, order_by = parcels::id)]
    parcels: Vec<Whole>,
    #[load(prefetch = parcels, order_by = parcels::id, limit = 9)]
    first: Vec<Whole>,
    #[load(prefetch, order_by = parcels::id)]
    all: Vec<Whole>,
    #[load(prefetch = all, order_by = parcels::id, limit = 9)]
    all_first: Vec<Whole>,
    #[load(annotate = parcels.sum(parcels::price))]
    price: Option<BigDecimal>,
    #[load(annotate = parcels.min(parcels::number))]
    least: Option<i64>,
    #[load(annotate = parcels.max(parcels::sent))]
    last: Option<Moment>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Label)]
struct LabelPage {
    #[load(join)]
    parcel: Whole,
    #[load(prefetch = parcel)]
    again: Whole,
}

fn parcels() -> [Whole; 3] {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let time = |text: &str| text.parse::<chrono::NaiveTime>().unwrap();
    // As a double has them: SQLite stores prices so.
    let price = |text: &str| text.parse::<BigDecimal>().unwrap();
    let first = Whole {
        id: 1,
        sack_id: Some(1),
        number: i64::MAX,
        price: price("12345.6875"),
        weight: 0.1 + 0.2,
        part: 0.1,
        small: i16::MIN,
        seal: (0..=150).collect(),
        text: "Grüße, 世界 🦀 \\ ' \" % _ \n\t ".to_owned(),
        open: true,
        sent: moment("2024-03-31T01:59:59.123456"),
        day: day("2024-02-29"),
        time: time("23:59:59"),
        none: None,
    };
    let second = Whole {
        id: 2,
        number: i64::MIN,
        price: price("-0.0009765625"),
        weight: f64::MAX,
        part: f32::MIN_POSITIVE,
        small: i16::MAX,
        seal: vec![],
        text: String::new(),
        open: false,
        sent: moment("2001-01-01T00:00:00"),
        day: day("1000-01-01"),
        time: time("00:00:00"),
        none: Some((1 << 53) + 1),
        ..first.clone()
    };
    let third = Whole {
        id: 3,
        sack_id: None,
        number: -(1 << 53) - 1,
        price: price("0"),
        weight: 5e-324,
        part: -1.5,
        seal: vec![0, 255, 0],
        text: "\u{1}".to_owned(),
        sent: moment("2037-12-31T23:59:59.999999"),
        none: Some(0),
        ..second.clone()
    };
    [first, second, third]
}

async fn with_parcels() -> Connection {
    let mut conn = database(
        "CREATE TABLE parcels (
             id INTEGER PRIMARY KEY, sack_id INTEGER, number BIGINT NOT NULL, price {numeric} NOT NULL,
             weight DOUBLE PRECISION NOT NULL, part {float} NOT NULL, small SMALLINT NOT NULL, seal {bytes} NOT NULL,
             text {text} NOT NULL, open BOOLEAN NOT NULL, sent {timestamptz} NOT NULL, day DATE NOT NULL, time TIME NOT NULL,
             none BIGINT
         );
         CREATE TABLE sacks (id INTEGER PRIMARY KEY);
         CREATE TABLE labels (id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL);
         CREATE TABLE sack_parcels (sack_id INTEGER NOT NULL, parcel_id INTEGER NOT NULL, PRIMARY KEY (sack_id, parcel_id));
         INSERT INTO sacks VALUES (1), (2);
         INSERT INTO labels VALUES (1, 1), (2, 2), (3, 3), (4, 1);
         INSERT INTO sack_parcels VALUES (1, 1), (1, 2), (1, 3), (2, 3);",
    )
    .await;
    for parcel in parcels() {
        diesel::insert_into(parcels::table).values(parcel).execute(&mut conn).await.unwrap();
    }
    conn
}

async fn values_are_the_same_however_they_are_reached() {
    let conn = &mut with_parcels().await;
    let [first, second, third] = parcels();
    let plain: Vec<Whole> = parcels::table.order(parcels::id).load(conn).await.unwrap();
    assert_eq!(plain, parcels());
    assert_eq!(Whole::query().order(parcels::id).load(conn).await.unwrap(), plain);
    let sacks = SackPage::query().order(sacks::id).load(conn).await.unwrap();
    assert_eq!(sacks[0].parcels, [first.clone(), second.clone()]);
    assert_eq!(sacks[0].first, sacks[0].parcels);
    assert_eq!(sacks[0].all, plain);
    assert_eq!(sacks[0].all_first, plain);
    assert_eq!(sacks[1].all, std::slice::from_ref(&third));
    let labels = LabelPage::query().order(labels::id).load(conn).await.unwrap();
    for (label, parcel) in labels.iter().zip([&first, &second, &third, &first]) {
        assert_eq!((&label.parcel, &label.again), (parcel, parcel));
    }
}

async fn values_compute_as_they_are() {
    let conn = &mut with_parcels().await;
    let [first, second, _] = parcels();
    let sacks = SackPage::query().order(sacks::id).load(conn).await.unwrap();
    assert_eq!(sacks[0].price, Some(&first.price + &second.price));
    assert_eq!(sacks[0].least, Some(second.number));
    assert_eq!(sacks[0].last, Some(first.sent));
    assert_eq!((&sacks[1].price, sacks[1].least, sacks[1].last), (&None, None, None));
}
