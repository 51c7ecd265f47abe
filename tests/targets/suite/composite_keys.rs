//! Keys of three columns of mixed types, of which some are `NULL` where they refer.

use upfront::Model;

use super::prelude::*;

tests![
    each_parent_has_its_own,
    a_key_of_which_a_part_is_null_leads_nowhere,
    parts_are_not_mixed_up,
    a_plan_has_the_texts_of_the_load,
];

diesel::table! { cells (sheet, name, number) { sheet -> SmallInt, name -> Text, number -> BigInt, label -> Integer } }
diesel::table! {
    notes (id) { id -> Integer, sheet -> Nullable<SmallInt>, name -> Nullable<Text>, number -> Nullable<BigInt> }
}
diesel::table! {
    uses (id) {
        id -> Integer,
        from_sheet -> SmallInt, from_name -> Text, from_number -> BigInt,
        to_sheet -> SmallInt, to_name -> Text, to_number -> Nullable<BigInt>,
    }
}
diesel::allow_tables_to_appear_in_same_query!(cells, notes, uses);

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = cells, primary_key(sheet, name, number))]
#[model(
    has_many(notes: Note, foreign_key = (notes::sheet, notes::name, notes::number)),
    many_to_many(
        inputs: Cell, through = uses,
        foreign_key = (from_sheet, from_name, from_number), target_key = (to_sheet, to_name, to_number)
    ),
)]
pub(crate) struct Cell {
    sheet: i16,
    name: String,
    number: i64,
    label: i32,
}

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = notes)]
#[model(belongs_to(cell: Cell, foreign_key = (sheet, name, number)))]
pub(crate) struct Note {
    id: i32,
    sheet: Option<i16>,
    name: Option<String>,
    number: Option<i64>,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Cell)]
struct CellLabel {
    label: i32,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Note)]
struct NoteId {
    id: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Cell)]
struct CellPage {
    label: i32,
    #[load(prefetch)]
    notes: Vec<NoteId>,
    #[load(prefetch = notes, order_by = notes::id.desc(), limit = 1)]
    last: Vec<NoteId>,
    #[load(prefetch)]
    inputs: Vec<CellLabel>,
    #[load(prefetch = inputs, order_by = cells::label.desc(), limit = 1)]
    last_input: Vec<CellLabel>,
    #[load(annotate = notes.count())]
    count: i64,
    #[load(annotate = inputs.max(cells::label))]
    greatest: Option<i32>,
}

#[derive(LoadSpec, Debug)]
#[load(Note)]
struct NotePage {
    id: i32,
    #[load(join)]
    cell: Option<CellLabel>,
    #[load(prefetch = cell)]
    again: Option<CellLabel>,
}

async fn cells() -> Connection {
    database(
        "CREATE TABLE cells (sheet SMALLINT NOT NULL, name {text} NOT NULL, number BIGINT NOT NULL, label INTEGER NOT NULL, PRIMARY KEY (sheet, name, number));
         CREATE TABLE notes (id INTEGER PRIMARY KEY, sheet SMALLINT, name {text}, number BIGINT);
         CREATE TABLE uses (
             id INTEGER PRIMARY KEY, from_sheet SMALLINT NOT NULL, from_name {text} NOT NULL, from_number BIGINT NOT NULL,
             to_sheet SMALLINT NOT NULL, to_name {text} NOT NULL, to_number BIGINT
         );
         INSERT INTO cells VALUES (1, 'a', 1, 1), (1, 'a', 2, 2), (1, 'b', 1, 3), (2, 'a', 1, 4), (1, '2', 1, 5), (1, '', 9007199254740993, 6);
         INSERT INTO notes VALUES (1, 1, 'a', 1), (2, 1, 'a', 1), (3, 1, 'a', 2), (4, 1, 'b', 1), (5, 2, 'a', 1), (6, 2, 'b', 1),
             (7, NULL, 'a', 1), (8, 1, NULL, 1), (9, 1, 'a', NULL), (10, NULL, NULL, NULL), (11, 1, '', 9007199254740993), (12, 1, '', 9007199254740992);
         INSERT INTO uses VALUES (1, 1, 'a', 1, 1, 'a', 2), (2, 1, 'a', 1, 2, 'a', 1), (3, 1, 'a', 2, 1, 'a', 1), (4, 1, 'b', 1, 1, 'b', NULL),
             (5, 2, 'a', 1, 9, 'z', 9), (6, 1, '2', 1, 1, '', 9007199254740993);",
    )
    .await
}

async fn each_parent_has_its_own() {
    let conn = &mut cells().await;
    let pages = CellPage::query().order(cells::label).load(conn).await.unwrap();
    let ids = |notes: &[NoteId]| sorted(notes.iter().map(|note| note.id));
    let labels = |cells: &[CellLabel]| sorted(cells.iter().map(|cell| cell.label));
    let expected: [(&[i32], &[i32]); 6] =
        [(&[1, 2], &[2, 4]), (&[3], &[1]), (&[4], &[]), (&[5], &[]), (&[], &[6]), (&[11], &[])];
    assert_eq!(pages.len(), expected.len());
    for (page, (notes, inputs)) in pages.iter().zip(expected) {
        let label = page.label;
        assert_eq!(
            (ids(&page.notes), labels(&page.inputs)),
            (notes.to_vec(), inputs.to_vec()),
            "{label}"
        );
        assert_eq!(
            ids(&page.last),
            notes.last().copied().into_iter().collect::<Vec<_>>(),
            "{label}"
        );
        assert_eq!(
            labels(&page.last_input),
            inputs.last().copied().into_iter().collect::<Vec<_>>(),
            "{label}"
        );
        assert_eq!(
            (page.count, page.greatest),
            (notes.len() as i64, inputs.last().copied()),
            "{label}"
        );
    }
}

async fn a_key_of_which_a_part_is_null_leads_nowhere() {
    let conn = &mut cells().await;
    let notes = NotePage::query().order(notes::id).load(conn).await.unwrap();
    let found =
        [Some(1), Some(1), Some(2), Some(3), Some(4), None, None, None, None, None, Some(6), None];
    assert_eq!(notes.len(), found.len());
    for (note, label) in notes.iter().zip(found) {
        let of = |cell: &Option<CellLabel>| cell.as_ref().map(|cell| cell.label);
        assert_eq!((of(&note.cell), of(&note.again)), (label, label), "{}", note.id);
    }
}

async fn parts_are_not_mixed_up() {
    let conn = &mut cells().await;
    let cell = CellPage::query().find((1_i16, "2", 1_i64)).first(conn).await.unwrap();
    assert_eq!((cell.label, cell.inputs[0].label), (5, 6));
    assert!(CellPage::query().find((2_i16, "1", 1_i64)).first(conn).await.is_err());
}

async fn a_plan_has_the_texts_of_the_load() {
    let conn = &mut cells().await;
    super::plan::check_texts!(CellPage::query().limit(1), conn);
}
