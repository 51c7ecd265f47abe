//! Values that the database computes from the rows of a relation.

use upfront::LoadSpec;

use crate::check::{check, check_sorted};
use crate::models::{
    Album, Artist, Customer, Employee, Genre, Playlist, Track, artist, employee, track,
};
use crate::rows::by_key;
use crate::schema::{albums, artists, customers, employees, genres, playlists, tracks};

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistTally {
    id: i32,
    #[load(annotate = albums.count())]
    albums: i64,
    #[load(annotate = artist::albums.exists())]
    published: bool,
    #[load(annotate = only_album.exists())]
    any: bool,
}

fn the_rows_of_a_has_many_are_counted() {
    check(
        || ArtistTally::query().order(artists::artist_id),
        1,
        |store| {
            let sql = "SELECT ArtistId, count(AlbumId) FROM Artist LEFT JOIN Album USING (ArtistId)
                GROUP BY ArtistId ORDER BY ArtistId";
            let rows = store.rows::<(i32, i64)>(sql).into_iter();
            rows.map(|(id, albums)| ArtistTally {
                id,
                albums,
                published: albums > 0,
                any: albums > 0,
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistTally {
    name: Option<String>,
    #[load(annotate = tracks.count())]
    tracks: i64,
    #[load(annotate = tracks.exists())]
    plays: bool,
    #[load(annotate = entries.count())]
    entries: i64,
}

fn the_rows_of_a_many_to_many_are_counted_where_they_exist() {
    check(
        || PlaylistTally::query().order(playlists::playlist_id),
        1,
        |store| {
            let sql = "SELECT p.Name, count(t.TrackId), count(pt.TrackId) FROM Playlist AS p
                LEFT JOIN PlaylistTrack AS pt ON pt.PlaylistId = p.PlaylistId
                LEFT JOIN Track AS t ON t.TrackId = pt.TrackId
                GROUP BY p.PlaylistId ORDER BY p.PlaylistId";
            let rows = store.rows::<(Option<String>, i64, i64)>(sql).into_iter();
            rows.map(|(name, tracks, entries)| PlaylistTally {
                name,
                tracks,
                plays: tracks > 0,
                entries,
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackTally {
    id: i32,
    #[load(annotate = lines.count())]
    lines: i64,
    #[load(annotate = playlists.count())]
    playlists: i64,
    #[load(annotate = track::invoices.count())]
    invoices: i64,
    #[load(annotate = invoices.exists())]
    sold: bool,
    #[load(annotate = genre.exists())]
    has_genre: bool,
    #[load(annotate = album.count())]
    albums: i64,
}

fn several_at_once_do_not_multiply_each_other() {
    check(
        || TrackTally::query().order(tracks::track_id),
        1,
        |store| {
            let by_track = |rows: Vec<(i32, i64)>| by_key(rows);
            let lines =
                by_track(store.rows("SELECT TrackId, count(*) FROM InvoiceLine GROUP BY 1"));
            let playlists = by_track(store.rows(
                "SELECT TrackId, count(*) FROM PlaylistTrack JOIN Playlist USING (PlaylistId)
                GROUP BY TrackId",
            ));
            let sql = "SELECT TrackId, GenreId IN (SELECT GenreId FROM Genre),
                AlbumId IN (SELECT AlbumId FROM Album) FROM Track ORDER BY TrackId";
            let rows = store.rows::<(i32, Option<bool>, Option<bool>)>(sql).into_iter();
            rows.map(|(id, genre, album)| {
                let lines = lines.get(&id).map_or(0, |counts| counts[0]);
                TrackTally {
                    id,
                    lines,
                    playlists: playlists.get(&id).map_or(0, |counts| counts[0]),
                    // Each line is of one invoice.
                    invoices: lines,
                    sold: lines > 0,
                    has_genre: genre == Some(true),
                    albums: i64::from(album == Some(true)),
                }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct EmployeeTally {
    id: i32,
    #[load(annotate = reports.count())]
    reports: i64,
    #[load(annotate = employee::manager.exists())]
    managed: bool,
    #[load(annotate = customers.count())]
    customers: i64,
}

const TALLY: &str = "e.EmployeeId,
    (SELECT count(*) FROM Employee AS r WHERE r.ReportsTo = e.EmployeeId),
    coalesce(e.ReportsTo IN (SELECT EmployeeId FROM Employee), FALSE),
    (SELECT count(*) FROM Customer AS c WHERE c.SupportRepId = e.EmployeeId)";

fn tally((id, reports, managed, customers): (i32, i64, bool, i64)) -> EmployeeTally {
    EmployeeTally { id, reports, managed, customers }
}

fn a_self_relation_is_counted_beside_its_own_table() {
    check(
        || EmployeeTally::query().order(employees::EmployeeId),
        1,
        |store| {
            let sql = format!("SELECT {TALLY} FROM Employee AS e ORDER BY e.EmployeeId");
            store.rows(&sql).into_iter().map(tally).collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerWithBusyRep {
    id: i32,
    #[load(annotate = invoices.count())]
    invoices: i64,
    #[load(join)]
    support_rep: Option<EmployeeTally>,
    #[load(prefetch)]
    contact: Option<EmployeeTally>,
}

fn a_joined_row_and_a_prefetched_one_are_annotated() {
    check(
        || CustomerWithBusyRep::query().order(customers::customer_id),
        2,
        |store| {
            let sql = format!("SELECT {TALLY} FROM Employee AS e");
            let tallies = by_key(store.rows(&sql).into_iter().map(tally).map(|rep| (rep.id, rep)));
            let sql = "SELECT c.CustomerId, c.SupportRepId, count(i.InvoiceId) FROM Customer AS c
                LEFT JOIN Invoice AS i ON i.CustomerId = c.CustomerId
                GROUP BY c.CustomerId ORDER BY c.CustomerId";
            let rows = store.rows::<(i32, Option<i32>, i64)>(sql).into_iter();
            rows.map(|(id, rep, invoices)| {
                let rep = rep.and_then(|rep| Some(tallies.get(&rep)?[0].clone()));
                CustomerWithBusyRep { id, invoices, support_rep: rep.clone(), contact: rep }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistAlbums {
    #[load(annotate = albums.count())]
    albums: i64,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTally {
    id: i32,
    #[load(annotate = tracks.count())]
    tracks: i64,
    #[load(annotate = genres.count())]
    genres: i64,
    #[load(join)]
    artist: ArtistAlbums,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOnTalliedAlbum {
    id: i32,
    #[load(join)]
    album: Option<AlbumTally>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreTally {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackOnTalliedAlbum>,
    #[load(annotate = tracks.exists())]
    played: bool,
}

fn annotations_below_nested_joins_below_a_prefetch() {
    check_sorted(
        || GenreTally::query().order(genres::genre_id),
        2,
        |genre| genre.tracks.sort_by_key(|track| track.id),
        |store| {
            let sql = "SELECT t.GenreId, t.TrackId, al.AlbumId,
                    (SELECT count(*) FROM Track WHERE AlbumId = al.AlbumId),
                    (SELECT count(*) FROM Track JOIN Genre USING (GenreId)
                        WHERE AlbumId = al.AlbumId),
                    (SELECT count(*) FROM Album WHERE ArtistId = al.ArtistId)
                FROM Track AS t LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
                WHERE t.GenreId IS NOT NULL";
            type Row = (i32, i32, Option<i32>, i64, i64, i64);
            let rows = store.rows::<Row>(sql).into_iter();
            let mut of_genre = by_key(rows.map(|(genre, id, album, tracks, genres, albums)| {
                let artist = ArtistAlbums { albums };
                let album = album.map(|id| AlbumTally { id, tracks, genres, artist });
                (genre, TrackOnTalliedAlbum { id, album })
            }));
            let ids =
                store.rows::<(i32,)>("SELECT GenreId FROM Genre ORDER BY GenreId").into_iter();
            ids.map(|(id,)| {
                let tracks = of_genre.remove(&id).unwrap_or_default();
                GenreTally { id, played: !tracks.is_empty(), tracks }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct OnlyTallies {
    #[load(annotate = tracks.count())]
    tracks: i64,
    #[load(annotate = artist.exists())]
    by_someone: bool,
}

fn a_spec_may_hold_nothing_but_annotations() {
    check(
        || OnlyTallies::query().order(albums::album_id),
        1,
        |store| {
            let sql = "SELECT (SELECT count(*) FROM Track AS t WHERE t.AlbumId = a.AlbumId)
                FROM Album AS a ORDER BY a.AlbumId";
            let rows = store.rows::<(i64,)>(sql).into_iter();
            rows.map(|(tracks,)| OnlyTallies { tracks, by_someone: true }).collect()
        },
    );
}

tests![
    the_rows_of_a_has_many_are_counted,
    the_rows_of_a_many_to_many_are_counted_where_they_exist,
    several_at_once_do_not_multiply_each_other,
    a_self_relation_is_counted_beside_its_own_table,
    a_joined_row_and_a_prefetched_one_are_annotated,
    annotations_below_nested_joins_below_a_prefetch,
    a_spec_may_hold_nothing_but_annotations,
];
