-- A store in the schema of the Chinook database (https://github.com/lerocha/chinook-database), with invented rows: among
-- them an artist without albums, a track without album and genre, an empty playlist, an employee without a manager,
-- a customer without invoices and one whom nobody supports.

CREATE TABLE "Artist" (
    "ArtistId" INTEGER NOT NULL PRIMARY KEY,
    "Name" NVARCHAR(120)
);

CREATE TABLE "Album" (
    "AlbumId" INTEGER NOT NULL PRIMARY KEY,
    "Title" NVARCHAR(160) NOT NULL,
    "ArtistId" INTEGER NOT NULL REFERENCES "Artist" ("ArtistId")
);

CREATE TABLE "Genre" (
    "GenreId" INTEGER NOT NULL PRIMARY KEY,
    "Name" NVARCHAR(120)
);

CREATE TABLE "MediaType" (
    "MediaTypeId" INTEGER NOT NULL PRIMARY KEY,
    "Name" NVARCHAR(120)
);

CREATE TABLE "Track" (
    "TrackId" INTEGER NOT NULL PRIMARY KEY,
    "Name" NVARCHAR(200) NOT NULL,
    "AlbumId" INTEGER REFERENCES "Album" ("AlbumId"),
    "MediaTypeId" INTEGER NOT NULL REFERENCES "MediaType" ("MediaTypeId"),
    "GenreId" INTEGER REFERENCES "Genre" ("GenreId"),
    "Composer" NVARCHAR(220),
    "Milliseconds" INTEGER NOT NULL,
    "Bytes" INTEGER,
    "UnitPrice" NUMERIC(10,2) NOT NULL
);

CREATE TABLE "Playlist" (
    "PlaylistId" INTEGER NOT NULL PRIMARY KEY,
    "Name" NVARCHAR(120)
);

CREATE TABLE "PlaylistTrack" (
    "PlaylistId" INTEGER NOT NULL REFERENCES "Playlist" ("PlaylistId"),
    "TrackId" INTEGER NOT NULL REFERENCES "Track" ("TrackId"),
    PRIMARY KEY ("PlaylistId", "TrackId")
);

CREATE TABLE "Employee" (
    "EmployeeId" INTEGER NOT NULL PRIMARY KEY,
    "LastName" NVARCHAR(20) NOT NULL,
    "FirstName" NVARCHAR(20) NOT NULL,
    "Title" NVARCHAR(30),
    "ReportsTo" INTEGER REFERENCES "Employee" ("EmployeeId"),
    "BirthDate" DATETIME,
    "HireDate" DATETIME,
    "Address" NVARCHAR(70),
    "City" NVARCHAR(40),
    "State" NVARCHAR(40),
    "Country" NVARCHAR(40),
    "PostalCode" NVARCHAR(10),
    "Phone" NVARCHAR(24),
    "Fax" NVARCHAR(24),
    "Email" NVARCHAR(60)
);

CREATE TABLE "Customer" (
    "CustomerId" INTEGER NOT NULL PRIMARY KEY,
    "FirstName" NVARCHAR(40) NOT NULL,
    "LastName" NVARCHAR(20) NOT NULL,
    "Company" NVARCHAR(80),
    "Address" NVARCHAR(70),
    "City" NVARCHAR(40),
    "State" NVARCHAR(40),
    "Country" NVARCHAR(40),
    "PostalCode" NVARCHAR(10),
    "Phone" NVARCHAR(24),
    "Fax" NVARCHAR(24),
    "Email" NVARCHAR(60) NOT NULL,
    "SupportRepId" INTEGER REFERENCES "Employee" ("EmployeeId")
);

CREATE TABLE "Invoice" (
    "InvoiceId" INTEGER NOT NULL PRIMARY KEY,
    "CustomerId" INTEGER NOT NULL REFERENCES "Customer" ("CustomerId"),
    "InvoiceDate" DATETIME NOT NULL,
    "BillingAddress" NVARCHAR(70),
    "BillingCity" NVARCHAR(40),
    "BillingState" NVARCHAR(40),
    "BillingCountry" NVARCHAR(40),
    "BillingPostalCode" NVARCHAR(10),
    "Total" NUMERIC(10,2) NOT NULL
);

CREATE TABLE "InvoiceLine" (
    "InvoiceLineId" INTEGER NOT NULL PRIMARY KEY,
    "InvoiceId" INTEGER NOT NULL REFERENCES "Invoice" ("InvoiceId"),
    "TrackId" INTEGER NOT NULL REFERENCES "Track" ("TrackId"),
    "UnitPrice" NUMERIC(10,2) NOT NULL,
    "Quantity" INTEGER NOT NULL
);

INSERT INTO "Artist" VALUES
    (1, 'The Borrowed Lifetimes'),
    (2, 'Null & the Pointers'),
    (3, 'Ada Quartet'),
    (4, 'The Unreleased');

INSERT INTO "Album" VALUES
    (1, 'Outlives', 1),
    (2, 'Live in the Same Scope', 1),
    (3, 'Optional', 2),
    (4, 'Notes on the Engine', 3);

INSERT INTO "Genre" VALUES (1, 'Rock'), (2, 'Jazz'), (3, 'Electronica/Dance');

INSERT INTO "MediaType" VALUES (1, 'MPEG audio file'), (2, 'AAC audio file');

INSERT INTO "Track" ("TrackId", "Name", "AlbumId", "MediaTypeId", "GenreId", "Milliseconds", "UnitPrice") VALUES
    (1, 'Static', 1, 1, 1, 254000, 0.99),
    (2, 'Elision', 1, 1, 1, 187000, 0.99),
    (3, 'Static (live)', 2, 2, 1, 312000, 1.29),
    (4, 'Maybe', 3, 1, 3, 201000, 0.99),
    (5, 'Maybe Not', 3, 1, NULL, 199000, 0.99),
    (6, 'Bernoulli Numbers', 4, 2, 2, 431000, 1.29),
    (7, 'Table of Operations', 4, 2, 2, 275000, 1.29),
    (8, 'Dangling', NULL, 1, NULL, 95000, 0.49);

INSERT INTO "Playlist" VALUES (1, 'Compile-Time Music'), (2, 'Quiet Evening'), (3, 'Empty So Far');

INSERT INTO "PlaylistTrack" VALUES (1, 1), (1, 2), (1, 4), (1, 8), (2, 4), (2, 6), (2, 7);

INSERT INTO "Employee" ("EmployeeId", "LastName", "FirstName", "Title", "ReportsTo") VALUES
    (1, 'Okafor', 'Grace', 'General Manager', NULL),
    (2, 'Lindqvist', 'Erik', 'Sales Manager', 1),
    (3, 'Moreau', 'Claire', 'Sales Support Agent', 2),
    (4, 'Tanaka', 'Jun', 'Sales Support Agent', 2);

INSERT INTO "Customer" ("CustomerId", "FirstName", "LastName", "Country", "Email", "SupportRepId") VALUES
    (1, 'Ines', 'Pereira', 'Portugal', 'ines@example.com', 3),
    (2, 'Tom', 'Baker', 'United Kingdom', 'tom@example.com', 3),
    (3, 'Mina', 'Sato', 'Japan', 'mina@example.com', 4),
    (4, 'Noor', 'Haddad', NULL, 'noor@example.com', NULL);

INSERT INTO "Invoice" ("InvoiceId", "CustomerId", "InvoiceDate", "Total") VALUES
    (1, 1, '2025-01-15 00:00:00', 1.98),
    (2, 1, '2025-03-02 00:00:00', 2.58),
    (3, 3, '2025-02-11 00:00:00', 3.27),
    (4, 4, '2025-04-30 00:00:00', 0.99);

INSERT INTO "InvoiceLine" VALUES
    (1, 1, 1, 0.99, 1),
    (2, 1, 2, 0.99, 1),
    (3, 2, 6, 1.29, 1),
    (4, 2, 7, 1.29, 1),
    (5, 3, 1, 0.99, 1),
    (6, 3, 4, 0.99, 1),
    (7, 3, 6, 1.29, 1),
    (8, 4, 1, 0.99, 1);
