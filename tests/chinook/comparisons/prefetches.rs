//! Prefetches: the rows of a relation, read for all parents in one more query.

use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::queries::Queries;

use crate::check::{check, check_sorted};
use crate::database::in_own_words;
use crate::models::{
    Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist,
    PlaylistTrack, Track,
};
use crate::price::Price;
use crate::rows::by_key;
use crate::schema::{
    albums, artists, employees, genres, invoices, media_types, playlist_tracks, playlists, tracks,
};
use crate::store::{Store, stores};

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTitle {
    id: i32,
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist, max_queries = 2)]
struct ArtistWithAlbums {
    id: i32,
    #[load(prefetch)]
    albums: Vec<AlbumTitle>,
    name: Option<String>,
}

fn every_artist_has_their_albums_or_none() {
    check_sorted(
        || ArtistWithAlbums::query().order(artists::artist_id),
        2,
        |artist| artist.albums.sort_by_key(|album| album.id),
        |store| {
            let sql = "SELECT ArtistId, AlbumId, Title FROM Album";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let mut albums =
                by_key(rows.map(|(artist, id, title)| (artist, AlbumTitle { id, title })));
            let sql = "SELECT ArtistId, Name FROM Artist ORDER BY ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| ArtistWithAlbums {
                id,
                albums: albums.remove(&id).unwrap_or_default(),
                name,
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(InvoiceLine)]
struct Sale {
    id: i32,
    quantity: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackWithSales {
    id: i32,
    name: String,
    #[load(prefetch)]
    lines: Vec<Sale>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumWithTracks {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackWithSales>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist, max_queries = 4)]
struct ArtistWithSales {
    name: Option<String>,
    #[load(prefetch)]
    albums: Vec<AlbumWithTracks>,
}

fn prefetches_nest_three_deep() {
    check_sorted(
        || ArtistWithSales::query().order(artists::artist_id),
        4,
        |artist| {
            artist.albums.sort_by_key(|album| album.id);
            for album in &mut artist.albums {
                album.tracks.sort_by_key(|track| track.id);
                for track in &mut album.tracks {
                    track.lines.sort_by_key(|line| line.id);
                }
            }
        },
        artists_with_sales,
    );
}

fn artists_with_sales(store: &mut Store) -> Vec<ArtistWithSales> {
    let rows =
        store.rows::<(i32, i32, i32)>("SELECT TrackId, InvoiceLineId, Quantity FROM InvoiceLine");
    let mut lines =
        by_key(rows.into_iter().map(|(track, id, quantity)| (track, Sale { id, quantity })));
    let rows = store.rows::<(Option<i32>, i32, String)>("SELECT AlbumId, TrackId, Name FROM Track");
    let mut tracks = by_key(rows.into_iter().map(|(album, id, name)| {
        (album, TrackWithSales { id, name, lines: lines.remove(&id).unwrap_or_default() })
    }));
    let rows = store.rows::<(i32, i32)>("SELECT ArtistId, AlbumId FROM Album");
    let mut albums = by_key(rows.into_iter().map(|(artist, id)| {
        (artist, AlbumWithTracks { id, tracks: tracks.remove(&Some(id)).unwrap_or_default() })
    }));
    let rows =
        store.rows::<(i32, Option<String>)>("SELECT ArtistId, Name FROM Artist ORDER BY ArtistId");
    let artist =
        |(id, name)| ArtistWithSales { name, albums: albums.remove(&id).unwrap_or_default() };
    rows.into_iter().map(artist).collect()
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Artist)]
struct ArtistName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumByArtist {
    title: String,
    #[load(prefetch)]
    artist: ArtistName,
}

fn a_required_row_is_prefetched_for_all_that_share_it() {
    check(
        || AlbumByArtist::query().order(albums::album_id),
        2,
        |store| {
            let sql = "SELECT Title, Name FROM Album JOIN Artist USING (ArtistId) ORDER BY AlbumId";
            let rows = store.rows::<(String, Option<String>)>(sql).into_iter();
            rows.map(|(title, name)| AlbumByArtist { title, artist: ArtistName { name } }).collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(MediaType)]
struct Medium {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackKind {
    id: i32,
    #[load(prefetch)]
    genre: Option<GenreName>,
    #[load(prefetch)]
    media_type: Option<Medium>,
}

fn rows_to_one_are_prefetched_side_by_side_where_either_may_be_missing() {
    check(
        || TrackKind::query().order(tracks::track_id),
        3,
        |store| {
            let sql = "SELECT t.TrackId, g.GenreId, g.Name, m.MediaTypeId, m.Name FROM Track AS t
                LEFT JOIN Genre AS g ON g.GenreId = t.GenreId
                LEFT JOIN MediaType AS m ON m.MediaTypeId = t.MediaTypeId ORDER BY t.TrackId";
            type Row = (i32, Option<i32>, Option<String>, Option<i32>, Option<String>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, genre, name, medium, medium_name)| TrackKind {
                id,
                genre: genre.map(|_| GenreName { name }),
                media_type: medium.map(|id| Medium { id, name: medium_name }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistOfOneAlbum {
    id: i32,
    #[load(prefetch)]
    only_album: Option<AlbumTitle>,
}

fn a_has_one_is_prefetched() {
    // No table of Chinook holds one row for each of another: these artists have one album at the most.
    check(
        || {
            let modest = "(SELECT count(*) FROM Album WHERE Album.ArtistId = Artist.ArtistId) < 2";
            let modest = diesel::dsl::sql::<diesel::sql_types::Bool>(&in_own_words(modest));
            ArtistOfOneAlbum::query().filter(modest).order(artists::artist_id)
        },
        2,
        |store| {
            let sql = "SELECT ArtistId, AlbumId, Title FROM Artist LEFT JOIN Album USING (ArtistId)
                WHERE ArtistId NOT IN
                    (SELECT ArtistId FROM Album GROUP BY ArtistId HAVING count(*) > 1)
                ORDER BY ArtistId";
            let rows = store.rows::<(i32, Option<i32>, Option<String>)>(sql).into_iter();
            rows.map(|(id, album, title)| ArtistOfOneAlbum {
                id,
                only_album: album.zip(title).map(|(id, title)| AlbumTitle { id, title }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreTracks {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackId>,
}

fn a_nullable_foreign_key_leads_back_to_its_children() {
    check_sorted(
        || GenreTracks::query().order(genres::genre_id),
        2,
        |genre| genre.tracks.sort_by_key(|track| track.id),
        |store| {
            let rows = store.rows::<(Option<i32>, i32)>("SELECT GenreId, TrackId FROM Track");
            let mut tracks = by_key(rows.into_iter().map(|(genre, id)| (genre, TrackId { id })));
            let ids =
                store.rows::<(i32,)>("SELECT GenreId FROM Genre ORDER BY GenreId").into_iter();
            ids.map(|(id,)| GenreTracks {
                id,
                tracks: tracks.remove(&Some(id)).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(MediaType)]
struct MediumTwice {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch = tracks)]
    with_kinds: Vec<TrackKind>,
}

fn one_relation_is_prefetched_twice_by_two_specs() {
    check_sorted(
        || MediumTwice::query().order(media_types::media_type_id),
        5,
        |medium| {
            medium.tracks.sort_by_key(|track| track.id);
            medium.with_kinds.sort_by_key(|track| track.id);
        },
        |store| {
            let sql =
                "SELECT t.TrackId, m.MediaTypeId, m.Name, g.GenreId, g.Name FROM MediaType AS m
                JOIN Track AS t ON t.MediaTypeId = m.MediaTypeId
                LEFT JOIN Genre AS g ON g.GenreId = t.GenreId";
            type Row = (i32, i32, Option<String>, Option<i32>, Option<String>);
            let mut kinds = by_key(store.rows::<Row>(sql).into_iter().map(
                |(id, medium, medium_name, genre, name)| {
                    let genre = genre.map(|_| GenreName { name });
                    let media_type = Some(Medium { id: medium, name: medium_name });
                    (medium, TrackKind { id, genre, media_type })
                },
            ));
            let ids =
                store.rows::<(i32,)>("SELECT MediaTypeId FROM MediaType ORDER BY 1").into_iter();
            ids.map(|(id,)| {
                let with_kinds = kinds.remove(&id).unwrap_or_default();
                let tracks = with_kinds.iter().map(|track| TrackId { id: track.id }).collect();
                MediumTwice { id, tracks, with_kinds }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerEmail {
    email: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeCustomers {
    id: i32,
    #[load(prefetch)]
    customers: Vec<CustomerEmail>,
}

fn a_prefetch_does_not_need_its_keys_among_the_fields() {
    check_sorted(
        || EmployeeCustomers::query().order(employees::EmployeeId),
        2,
        |employee| employee.customers.sort_by(|one, other| one.email.cmp(&other.email)),
        |store| {
            let rows = store.rows::<(i32,)>("SELECT EmployeeId FROM Employee ORDER BY EmployeeId");
            let customers = |id| format!("SELECT Email FROM Customer WHERE SupportRepId = {id}");
            rows.into_iter()
                .map(|(id,)| {
                    let emails = store.rows::<(String,)>(&customers(id)).into_iter();
                    let customers = emails.map(|(email,)| CustomerEmail { email }).collect();
                    EmployeeCustomers { id, customers }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Playlist)]
struct PlaylistName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(PlaylistTrack)]
struct Entry {
    playlist_id: i32,
    track_id: i32,
    #[load(prefetch)]
    playlist: Option<PlaylistName>,
    #[load(prefetch)]
    track: Option<TrackName>,
}

fn rows_with_a_composite_key_prefetch_both_their_ends() {
    check(
        || Entry::query().order((playlist_tracks::playlist_id, playlist_tracks::track_id)),
        3,
        |store| {
            let sql = "SELECT PlaylistId, TrackId, p.PlaylistId IS NOT NULL, p.Name, t.Name
                FROM PlaylistTrack
                LEFT JOIN Playlist AS p USING (PlaylistId) LEFT JOIN Track AS t USING (TrackId)
                ORDER BY PlaylistId, TrackId";
            type Row = (i32, i32, bool, Option<String>, Option<String>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(playlist_id, track_id, listed, playlist, track)| Entry {
                playlist_id,
                track_id,
                playlist: listed.then_some(PlaylistName { name: playlist }),
                track: track.map(|name| TrackName { name }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(PlaylistTrack)]
struct TrackIdOfEntry {
    track_id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistEntries {
    id: i32,
    #[load(prefetch)]
    entries: Vec<TrackIdOfEntry>,
}

fn a_table_between_two_others_is_prefetched_as_itself() {
    check_sorted(
        || PlaylistEntries::query().order(playlists::playlist_id),
        2,
        |playlist| playlist.entries.sort_by_key(|entry| entry.track_id),
        |store| {
            let rows = store.rows::<(i32,)>("SELECT PlaylistId FROM Playlist ORDER BY PlaylistId");
            let entries = |id| format!("SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = {id}");
            rows.into_iter()
                .map(|(id,)| {
                    let rows = store.rows::<(i32,)>(&entries(id)).into_iter();
                    let entries = rows.map(|(track_id,)| TrackIdOfEntry { track_id }).collect();
                    PlaylistEntries { id, entries }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Customer)]
struct CustomerName {
    last_name: String,
    country: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoicePage {
    total: Price,
    #[load(prefetch)]
    customer: CustomerName,
    #[load(prefetch)]
    lines: Vec<Sale>,
}

fn rows_to_one_and_to_many_are_prefetched_side_by_side() {
    check_sorted(
        || InvoicePage::query().order(invoices::invoice_id),
        3,
        |invoice| invoice.lines.sort_by_key(|line| line.id),
        |store| {
            let sql = "SELECT InvoiceId, InvoiceLineId, Quantity FROM InvoiceLine";
            let rows = store.rows::<(i32, i32, i32)>(sql).into_iter();
            let mut lines =
                by_key(rows.map(|(invoice, id, quantity)| (invoice, Sale { id, quantity })));
            let sql = "SELECT InvoiceId, Total, LastName, Country FROM Invoice
                JOIN Customer USING (CustomerId) ORDER BY InvoiceId";
            let rows = store.rows::<(i32, Price, String, Option<String>)>(sql).into_iter();
            rows.map(|(id, total, last_name, country)| InvoicePage {
                total,
                customer: CustomerName { last_name, country },
                lines: lines.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackGenre {
    id: i32,
    #[load(prefetch)]
    genre: Option<GenreName>,
}

fn without_keys_a_prefetch_is_not_run() {
    for mut store in stores() {
        let log = Queries::of(&mut store.conn);
        let query = TrackGenre::query().filter(tracks::genre_id.is_null()).order(tracks::track_id);
        let loaded: Vec<TrackGenre> = query.load(&mut store.conn).expect("the spec loads");
        assert_eq!(log.take().len(), 1, "of the {} that the spec has", TrackGenre::QUERIES);
        let sql = "SELECT TrackId FROM Track WHERE GenreId IS NULL ORDER BY TrackId";
        let rows = store.rows::<(i32,)>(sql).into_iter();
        let expected: Vec<_> = rows.map(|(id,)| TrackGenre { id, genre: None }).collect();
        assert_eq!(loaded, expected);
    }
}

fn source<T>(loaded: QueryResult<T>) -> Box<dyn std::error::Error + Send + Sync> {
    match loaded {
        Err(diesel::result::Error::DeserializationError(source)) => source,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no error"),
    }
}

fn a_has_one_that_has_several_is_not_cut_down_to_one() {
    for mut store in stores() {
        let loaded = ArtistOfOneAlbum::query().load(&mut store.conn);
        let error = source(loaded);
        assert!(error.is::<upfront::TooManyRows>(), "{error}");
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOnMedium {
    id: i32,
    #[load(prefetch)]
    media_type: Medium,
}

fn a_required_row_that_is_not_there_is_an_error() {
    for mut store in stores() {
        let sql = "SELECT count(*), count(m.MediaTypeId) FROM Track
            LEFT JOIN MediaType AS m USING (MediaTypeId)";
        let (tracks, on_medium) = store.rows::<(i64, i64)>(sql).remove(0);
        let loaded = TrackOnMedium::query().load(&mut store.conn);
        if on_medium < tracks {
            let error = source(loaded);
            assert!(error.is::<upfront::MissingRow>(), "{error}");
        } else {
            assert_eq!(loaded.expect("the spec loads").len() as i64, tracks);
        }
    }
}

tests![
    every_artist_has_their_albums_or_none,
    prefetches_nest_three_deep,
    a_required_row_is_prefetched_for_all_that_share_it,
    rows_to_one_are_prefetched_side_by_side_where_either_may_be_missing,
    a_has_one_is_prefetched,
    a_nullable_foreign_key_leads_back_to_its_children,
    one_relation_is_prefetched_twice_by_two_specs,
    a_prefetch_does_not_need_its_keys_among_the_fields,
    rows_with_a_composite_key_prefetch_both_their_ends,
    a_table_between_two_others_is_prefetched_as_itself,
    rows_to_one_and_to_many_are_prefetched_side_by_side,
    without_keys_a_prefetch_is_not_run,
    a_has_one_that_has_several_is_not_cut_down_to_one,
    a_required_row_that_is_not_there_is_an_error,
];
