//! Joins below prefetches, prefetches below joins, and one spec or table in several places.

use upfront::LoadSpec;

use crate::check::{check_async, check_sorted};
use crate::models::{
    Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist, Track,
};
use crate::price::Price;
use crate::rows::by_key;
use crate::schema::{albums, artists, employees, genres, invoice_lines, playlists, tracks};
use crate::store::Store;

// Used in many places below: joined, prefetched, shared and not.

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Artist)]
struct ArtistName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(MediaType)]
struct Medium {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumTitle {
    id: i32,
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackCard {
    id: i32,
    #[load(join)]
    genre: Option<GenreName>,
    name: String,
    #[load(join)]
    media_type: Medium,
}

/// The cards of all tracks, with their albums.
fn track_cards(store: &mut Store) -> Vec<(Option<i32>, TrackCard)> {
    let sql = "SELECT t.AlbumId, t.TrackId, t.Name, g.GenreId, g.Name, m.Name FROM Track AS t
        LEFT JOIN Genre AS g ON g.GenreId = t.GenreId
        JOIN MediaType AS m ON m.MediaTypeId = t.MediaTypeId ORDER BY t.TrackId";
    type Row = (Option<i32>, i32, String, Option<i32>, Option<String>, Option<String>);
    let rows = store.rows::<Row>(sql).into_iter();
    rows.map(|(album, id, name, genre, genre_name, medium)| {
        let genre = genre.map(|_| GenreName { name: genre_name });
        (album, TrackCard { id, genre, name, media_type: Medium { name: medium } })
    })
    .collect()
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Artist)]
struct ArtistShelf {
    name: Option<String>,
    #[load(prefetch)]
    albums: Vec<AlbumTitle>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumOnShelf {
    id: i32,
    #[load(join)]
    artist: ArtistShelf,
}

fn artist_shelf(store: &mut Store, artist: i32) -> ArtistShelf {
    let sql = format!("SELECT Name FROM Artist WHERE ArtistId = {artist}");
    let (name,) = store.rows::<(Option<String>,)>(&sql).remove(0);
    let sql =
        format!("SELECT AlbumId, Title FROM Album WHERE ArtistId = {artist} ORDER BY AlbumId");
    let rows = store.rows::<(i32, String)>(&sql).into_iter();
    ArtistShelf { name, albums: rows.map(|(id, title)| AlbumTitle { id, title }).collect() }
}

fn a_prefetch_below_a_join_runs_once_for_all_who_share_the_joined_row() {
    check_sorted(
        || AlbumOnShelf::query().order(albums::album_id),
        2,
        |album| album.artist.albums.sort_by_key(|album| album.id),
        |store| {
            let rows =
                store.rows::<(i32, i32)>("SELECT AlbumId, ArtistId FROM Album ORDER BY AlbumId");
            rows.into_iter()
                .map(|(id, artist)| AlbumOnShelf { id, artist: artist_shelf(store, artist) })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumPage {
    title: String,
    #[load(prefetch)]
    tracks: Vec<TrackCard>,
    #[load(join)]
    artist: ArtistName,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackAmongOthers {
    id: i32,
    #[load(join)]
    album: Option<AlbumPage>,
}

/// The page of every album, by its key.
fn album_pages(store: &mut Store) -> Vec<(i32, AlbumPage)> {
    let mut cards = by_key(track_cards(store));
    let sql =
        "SELECT AlbumId, Title, Name FROM Album JOIN Artist USING (ArtistId) ORDER BY AlbumId";
    let rows = store.rows::<(i32, String, Option<String>)>(sql).into_iter();
    rows.map(|(id, title, name)| {
        let tracks = cards.remove(&Some(id)).unwrap_or_default();
        (id, AlbumPage { title, tracks, artist: ArtistName { name } })
    })
    .collect()
}

fn tracks_among_others(store: &mut Store) -> Vec<TrackAmongOthers> {
    let pages = by_key(album_pages(store));
    let rows =
        store.rows::<(i32, Option<i32>)>("SELECT TrackId, AlbumId FROM Track ORDER BY TrackId");
    rows.into_iter()
        .map(|(id, album)| {
            let album = album.and_then(|album| Some(pages.get(&album)?[0].clone()));
            TrackAmongOthers { id, album }
        })
        .collect()
}

fn joins_below_a_prefetch_below_a_row_that_may_be_missing() {
    check_sorted(
        || TrackAmongOthers::query().order(tracks::track_id),
        2,
        |track| {
            if let Some(album) = &mut track.album {
                album.tracks.sort_by_key(|track| track.id);
            }
        },
        tracks_among_others,
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackWithPrefetchedAlbum {
    id: i32,
    #[load(prefetch)]
    album: Option<AlbumPage>,
}

fn a_shared_row_is_prefetched_with_a_prefetch_of_its_own() {
    check_sorted(
        || TrackWithPrefetchedAlbum::query().order(tracks::track_id),
        3,
        |track| {
            if let Some(album) = &mut track.album {
                album.tracks.sort_by_key(|track| track.id);
            }
        },
        |store| {
            let rows = tracks_among_others(store).into_iter();
            rows.map(|TrackAmongOthers { id, album }| TrackWithPrefetchedAlbum { id, album })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistPage {
    name: Option<String>,
    #[load(prefetch)]
    albums: Vec<AlbumPage>,
}

fn a_join_below_two_prefetches() {
    check_sorted(
        || ArtistPage::query().order(artists::artist_id),
        3,
        |artist| {
            artist.albums.sort_by(|one, other| one.title.cmp(&other.title));
            for album in &mut artist.albums {
                album.tracks.sort_by_key(|track| track.id);
            }
        },
        |store| {
            let pages = by_key(album_pages(store));
            let rows = store.rows::<(i32, i32)>("SELECT ArtistId, AlbumId FROM Album").into_iter();
            let mut albums = by_key(rows.map(|(artist, album)| (artist, pages[&album][0].clone())));
            let sql = "SELECT ArtistId, Name FROM Artist ORDER BY ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| ArtistPage {
                name,
                albums: albums.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(InvoiceLine)]
struct Sale {
    id: i32,
    quantity: i32,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct PlaylistEntry {
    id: i32,
    #[load(join)]
    album: Option<AlbumTitle>,
    #[load(join)]
    genre: Option<GenreName>,
    #[load(prefetch)]
    lines: Vec<Sale>,
    #[load(annotate = playlists.count())]
    playlists: i64,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistPage {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<PlaylistEntry>,
}

fn playlist_pages(store: &mut Store) -> Vec<PlaylistPage> {
    let sql = "SELECT TrackId, InvoiceLineId, Quantity FROM InvoiceLine";
    let rows = store.rows::<(i32, i32, i32)>(sql).into_iter();
    let lines = by_key(rows.map(|(track, id, quantity)| (track, Sale { id, quantity })));
    let sql = "SELECT pt.PlaylistId, t.TrackId, al.AlbumId, al.Title, g.GenreId, g.Name,
            (SELECT count(*) FROM PlaylistTrack JOIN Playlist USING (PlaylistId)
                WHERE TrackId = t.TrackId)
        FROM PlaylistTrack AS pt
        JOIN Track AS t ON t.TrackId = pt.TrackId
        LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
        LEFT JOIN Genre AS g ON g.GenreId = t.GenreId";
    type Row = (i32, i32, Option<i32>, Option<String>, Option<i32>, Option<String>, i64);
    let rows = store.rows::<Row>(sql).into_iter();
    let mut entries = by_key(rows.map(|(playlist, id, album, title, genre, name, playlists)| {
        let album = album.zip(title).map(|(id, title)| AlbumTitle { id, title });
        let genre = genre.map(|_| GenreName { name });
        let lines = lines.get(&id).cloned().unwrap_or_default();
        (playlist, PlaylistEntry { id, album, genre, lines, playlists })
    }));
    let ids =
        store.rows::<(i32,)>("SELECT PlaylistId FROM Playlist ORDER BY PlaylistId").into_iter();
    ids.map(|(id,)| PlaylistPage { id, tracks: entries.remove(&id).unwrap_or_default() }).collect()
}

fn joins_a_prefetch_and_a_count_below_a_many_to_many_that_shares_its_rows() {
    check_sorted(
        || PlaylistPage::query().order(playlists::playlist_id),
        3,
        sort_playlist,
        playlist_pages,
    );
    check_async(
        || PlaylistPage::query().order(playlists::playlist_id),
        sort_playlist,
        playlist_pages,
    );
}

fn sort_playlist(playlist: &mut PlaylistPage) {
    playlist.tracks.sort_by_key(|track| track.id);
    for track in &mut playlist.tracks {
        track.lines.sort_by_key(|line| line.id);
    }
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Invoice)]
struct InvoiceAndLines {
    id: i32,
    #[load(prefetch)]
    lines: Vec<Sale>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackAndLines {
    id: i32,
    #[load(prefetch)]
    lines: Vec<Sale>,
}

/// Lines by three paths: themselves, those of the same invoice, and those of the same track.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(InvoiceLine)]
struct LineAmongOthers {
    id: i32,
    #[load(join)]
    invoice: InvoiceAndLines,
    #[load(join)]
    track: TrackAndLines,
    #[load(prefetch = track)]
    card: Option<TrackCard>,
}

fn one_table_and_one_spec_are_reached_by_several_paths() {
    check_sorted(
        || LineAmongOthers::query().order(invoice_lines::invoice_line_id),
        4,
        |line| {
            line.invoice.lines.sort_by_key(|line| line.id);
            line.track.lines.sort_by_key(|line| line.id);
        },
        |store| {
            let cards = by_key(track_cards(store).into_iter().map(|(_, card)| (card.id, card)));
            let sql = "SELECT InvoiceLineId, InvoiceId, TrackId, Quantity FROM InvoiceLine
                ORDER BY InvoiceLineId";
            let rows = store.rows::<(i32, i32, i32, i32)>(sql);
            let sale = |id, quantity| Sale { id, quantity };
            let of_invoice = by_key(rows.iter().map(|&(id, invoice, _, n)| (invoice, sale(id, n))));
            let of_track = by_key(rows.iter().map(|&(id, _, track, n)| (track, sale(id, n))));
            rows.iter()
                .map(|&(id, invoice, track, _)| LineAmongOthers {
                    id,
                    invoice: InvoiceAndLines { id: invoice, lines: of_invoice[&invoice].clone() },
                    track: TrackAndLines { id: track, lines: of_track[&track].clone() },
                    card: cards.get(&track).map(|card| card[0].clone()),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct Person {
    first_name: String,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct Rep {
    first_name: String,
    #[load(join)]
    manager: Option<Person>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerFile {
    id: i32,
    #[load(join)]
    support_rep: Option<Rep>,
    #[load(prefetch)]
    contact: Option<Rep>,
    #[load(prefetch)]
    invoices: Vec<InvoiceFile>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceFile {
    id: i32,
    total: Price,
    #[load(prefetch)]
    lines: Vec<LineFile>,
    #[load(annotate = lines.count())]
    line_count: i64,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(InvoiceLine)]
struct LineFile {
    id: i32,
    #[load(join)]
    track: TrackFile,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackFile {
    name: String,
    #[load(prefetch)]
    album: Option<AlbumOfShared>,
    #[load(prefetch)]
    genre: Option<GenreName>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumOfShared {
    #[load(join)]
    artist: ArtistName,
    title: String,
}

/// The whole of the store's sales, seen from the desk of each employee.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee, max_queries = 7)]
struct Desk {
    id: i32,
    #[load(join)]
    manager: Option<Rep>,
    #[load(prefetch)]
    customers: Vec<CustomerFile>,
}

fn line_files(store: &mut Store) -> Vec<(i32, LineFile)> {
    let sql = "SELECT l.InvoiceId, l.InvoiceLineId, t.Name, al.Title, ar.Name, g.GenreId, g.Name
        FROM InvoiceLine AS l
        JOIN Track AS t ON t.TrackId = l.TrackId
        LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
        LEFT JOIN Artist AS ar ON ar.ArtistId = al.ArtistId
        LEFT JOIN Genre AS g ON g.GenreId = t.GenreId";
    type Maybe = Option<String>;
    let rows = store.rows::<(i32, i32, String, Maybe, Maybe, Option<i32>, Maybe)>(sql).into_iter();
    rows.map(|(invoice, id, name, title, artist, genre, genre_name)| {
        let artist = ArtistName { name: artist };
        let album = title.map(|title| AlbumOfShared { artist, title });
        let genre = genre.map(|_| GenreName { name: genre_name });
        (invoice, LineFile { id, track: TrackFile { name, album, genre } })
    })
    .collect()
}

/// The employee with this key and their manager.
fn rep(store: &mut Store, id: Option<i32>) -> Option<Rep> {
    let sql = format!(
        "SELECT e.FirstName, m.FirstName FROM Employee AS e
        LEFT JOIN Employee AS m ON m.EmployeeId = e.ReportsTo WHERE e.EmployeeId = {}",
        id?
    );
    let (first_name, manager) = store.rows::<(String, Option<String>)>(&sql).pop()?;
    Some(Rep { first_name, manager: manager.map(|first_name| Person { first_name }) })
}

fn desks(store: &mut Store) -> Vec<Desk> {
    let mut lines = by_key(line_files(store));
    let rows = store.rows::<(i32, i32, Price)>("SELECT CustomerId, InvoiceId, Total FROM Invoice");
    let mut invoices = by_key(rows.into_iter().map(|(customer, id, total)| {
        let lines = lines.remove(&id).unwrap_or_default();
        (customer, InvoiceFile { id, total, line_count: lines.len() as i64, lines })
    }));
    let sql = "SELECT CustomerId, SupportRepId FROM Customer WHERE SupportRepId IS NOT NULL";
    let rows = store.rows::<(i32, i32)>(sql).into_iter();
    let mut customers = by_key(rows.map(|(id, rep_id)| {
        let support_rep = rep(store, Some(rep_id));
        let invoices = invoices.remove(&id).unwrap_or_default();
        (rep_id, CustomerFile { id, contact: support_rep.clone(), support_rep, invoices })
    }));
    let sql = "SELECT EmployeeId, ReportsTo FROM Employee ORDER BY EmployeeId";
    let rows = store.rows::<(i32, Option<i32>)>(sql).into_iter();
    rows.map(|(id, manager)| Desk {
        id,
        manager: rep(store, manager),
        customers: customers.remove(&id).unwrap_or_default(),
    })
    .collect()
}

fn everything_at_once_takes_one_query_and_one_for_each_prefetch() {
    check_sorted(|| Desk::query().order(employees::EmployeeId), 7, sort_desk, desks);
    check_async(|| Desk::query().order(employees::EmployeeId), sort_desk, desks);
}

fn sort_desk(desk: &mut Desk) {
    desk.customers.sort_by_key(|customer| customer.id);
    for customer in &mut desk.customers {
        customer.invoices.sort_by_key(|invoice| invoice.id);
        for invoice in &mut customer.invoices {
            invoice.lines.sort_by_key(|line| line.id);
        }
    }
}

/// More fields than one tuple holds, of all kinds.
#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct WideTrack {
    #[load(prefetch)]
    lines: Vec<Sale>,
    name: String,
    #[load(join)]
    genre: Option<GenreName>,
    composer: Option<String>,
    #[load(annotate = playlists.exists())]
    listed: bool,
    milliseconds: i32,
    genre_id: Option<i32>,
    unit_price: Price,
    #[load(join)]
    album: Option<AlbumTitle>,
    media_type_id: i32,
    #[load(prefetch = genre)]
    same_genre: Option<GenreName>,
    #[load(annotate = lines.count())]
    sold: i64,
    bytes: Option<i32>,
    #[load(prefetch = album)]
    same_album: Option<AlbumTitle>,
    album_id: Option<i32>,
    id: i32,
    #[load(join = genre)]
    again: Option<GenreName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(InvoiceLine)]
struct LineOfWideTrack {
    #[load(join)]
    track: Option<WideTrack>,
    quantity: i32,
    #[load(prefetch = track)]
    same: WideTrack,
}

fn wide_tracks(store: &mut Store) -> Vec<(i32, WideTrack)> {
    let sql = "SELECT TrackId, InvoiceLineId, Quantity FROM InvoiceLine";
    let rows = store.rows::<(i32, i32, i32)>(sql).into_iter();
    let mut lines = by_key(rows.map(|(track, id, quantity)| (track, Sale { id, quantity })));
    let sql = "SELECT t.TrackId, t.Name, t.Composer, t.Milliseconds, t.Bytes, t.UnitPrice,
            t.AlbumId, t.MediaTypeId, t.GenreId,
            al.AlbumId, al.Title, g.GenreId, g.Name,
            t.TrackId IN (SELECT TrackId FROM PlaylistTrack JOIN Playlist USING (PlaylistId))
        FROM Track AS t
        LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
        LEFT JOIN Genre AS g ON g.GenreId = t.GenreId";
    type Columns = (i32, String, Option<String>, i32, Option<i32>, Price);
    type Keys = (Option<i32>, i32, Option<i32>);
    type Joined = (Option<i32>, Option<String>, Option<i32>, Option<String>, bool);
    let rows = store.rows::<(Columns, Keys, Joined)>(sql).into_iter();
    rows.map(|(columns, keys, joined)| {
        let (id, name, composer, milliseconds, bytes, unit_price) = columns;
        let (album_id, media_type_id, genre_id) = keys;
        let (album, title, genre, genre_name, listed) = joined;
        let album = album.zip(title).map(|(id, title)| AlbumTitle { id, title });
        let genre = genre.map(|_| GenreName { name: genre_name });
        let lines = lines.remove(&id).unwrap_or_default();
        let track = WideTrack {
            sold: lines.len() as i64,
            lines,
            name,
            genre: genre.clone(),
            composer,
            listed,
            milliseconds,
            genre_id,
            unit_price,
            album: album.clone(),
            media_type_id,
            same_genre: genre.clone(),
            bytes,
            same_album: album,
            album_id,
            id,
            again: genre,
        };
        (id, track)
    })
    .collect()
}

fn a_wide_spec_keeps_its_fields_apart_wherever_it_stands() {
    check_sorted(
        || LineOfWideTrack::query().order(invoice_lines::invoice_line_id),
        8,
        |line| {
            line.same.lines.sort_by_key(|line| line.id);
            if let Some(track) = &mut line.track {
                track.lines.sort_by_key(|line| line.id);
            }
        },
        |store| {
            let tracks = by_key(wide_tracks(store));
            let sql = "SELECT TrackId, Quantity FROM InvoiceLine ORDER BY InvoiceLineId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            rows.map(|(track, quantity)| {
                let track = &tracks[&track][0];
                LineOfWideTrack { track: Some(track.clone()), quantity, same: track.clone() }
            })
            .collect()
        },
    );
}

/// Without a column of its own to tell by whether there is a row.
#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct NothingButTracks {
    #[load(prefetch)]
    tracks: Vec<TrackId>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

/// Without anything but a join.
#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct NothingButArtist {
    #[load(join)]
    artist: ArtistName,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreOfBareAlbums {
    #[load(prefetch)]
    tracks: Vec<TrackOfBareAlbums>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOfBareAlbums {
    id: i32,
    #[load(join = album)]
    tracks: Option<NothingButTracks>,
    #[load(prefetch = album)]
    artist: Option<NothingButArtist>,
}

fn specs_without_columns_are_there_exactly_where_their_row_is() {
    check_sorted(
        || GenreOfBareAlbums::query().order(genres::genre_id),
        4,
        |genre| {
            genre.tracks.sort_by_key(|track| track.id);
            for track in &mut genre.tracks {
                if let Some(album) = &mut track.tracks {
                    album.tracks.sort_by_key(|track| track.id);
                }
            }
        },
        |store| {
            let sql = "SELECT t.GenreId, t.TrackId, al.AlbumId, ar.Name FROM Track AS t
                LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
                LEFT JOIN Artist AS ar ON ar.ArtistId = al.ArtistId";
            let rows = store.rows::<(Option<i32>, i32, Option<i32>, Option<String>)>(sql);
            let on_album = by_key(rows.iter().map(|&(_, id, album, _)| (album, TrackId { id })));
            let mut of_genre = by_key(rows.into_iter().map(|(genre, id, album, name)| {
                let tracks = album.map(|_| NothingButTracks { tracks: on_album[&album].clone() });
                let artist = album.map(|_| NothingButArtist { artist: ArtistName { name } });
                (genre, TrackOfBareAlbums { id, tracks, artist })
            }));
            let ids = store.rows::<(i32,)>("SELECT GenreId FROM Genre ORDER BY GenreId");
            let genre = |(id,)| GenreOfBareAlbums {
                tracks: of_genre.remove(&Some(id)).unwrap_or_default(),
            };
            ids.into_iter().map(genre).collect()
        },
    );
}

tests![
    a_prefetch_below_a_join_runs_once_for_all_who_share_the_joined_row,
    joins_below_a_prefetch_below_a_row_that_may_be_missing,
    a_shared_row_is_prefetched_with_a_prefetch_of_its_own,
    a_join_below_two_prefetches,
    joins_a_prefetch_and_a_count_below_a_many_to_many_that_shares_its_rows,
    one_table_and_one_spec_are_reached_by_several_paths,
    everything_at_once_takes_one_query_and_one_for_each_prefetch,
    a_wide_spec_keeps_its_fields_apart_wherever_it_stands,
    specs_without_columns_are_there_exactly_where_their_row_is,
];
