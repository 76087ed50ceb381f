-- Documents as JSONB, what filters ask of them beside them, and what tells of changes. PostgreSQL 14 or newer.

-- What a folder says of itself in claimtrack.json; `id` tells tokens and copies of one store from those of another.
CREATE TABLE store (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id text NOT NULL,
    body jsonb NOT NULL
);

-- `place` is the path of the document's file in a folder, `sort` puts places in the order of a listing. `version` is
-- the SHA-256 digest of the document's canonical JSON, or NULL where somebody edited the row by hand since.
CREATE TABLE document (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place text COLLATE "C" NOT NULL UNIQUE,
    sort bytea NOT NULL,
    body jsonb NOT NULL,
    version text,
    born xid8 NOT NULL DEFAULT pg_current_xact_id(),
    changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
    written timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX document_sort ON document (sort);
CREATE INDEX document_changed ON document (changed);
CREATE INDEX document_written ON document (written);
CREATE INDEX document_unsure ON document (number) WHERE version IS NULL;

-- What filters ask. Texts are folded; words and names of more than a few hundred letters stand as their digests.
CREATE TABLE article (
    number bigint PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    id text COLLATE "C" NOT NULL,
    publisher text COLLATE "C",
    published text COLLATE "C"
);
CREATE INDEX article_id ON article (id);
CREATE INDEX article_publisher ON article (publisher, published);
CREATE INDEX article_published ON article (published);

-- `numbers` are those of exact figures; `least` and `most` are the ends of all that have bounds, taken together.
CREATE TABLE claim (
    number bigint PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    article text COLLATE "C",
    kind text NOT NULL,
    verdict text,
    workflow text NOT NULL,
    publication text NOT NULL,
    made text COLLATE "C",
    statement text COLLATE "C" NOT NULL,
    voices bigint[] NOT NULL,
    tags text[] COLLATE "C" NOT NULL,
    evidence text[] COLLATE "C" NOT NULL,
    words text[] COLLATE "C" NOT NULL,
    numbers float8[] NOT NULL,
    least float8,
    most float8
);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_kind ON claim (kind);
CREATE INDEX claim_verdict ON claim (verdict) WHERE verdict IS NOT NULL;
CREATE INDEX claim_workflow ON claim (workflow);
CREATE INDEX claim_publication ON claim (publication);
CREATE INDEX claim_made ON claim (made) WHERE made IS NOT NULL;
CREATE INDEX claim_bounds ON claim (least, most) WHERE least IS NOT NULL;
CREATE INDEX claim_voices ON claim USING gin (voices);
CREATE INDEX claim_tags ON claim USING gin (tags) WHERE tags <> '{}';
CREATE INDEX claim_evidence ON claim USING gin (evidence) WHERE evidence <> '{}';
CREATE INDEX claim_words ON claim USING gin (words);
CREATE INDEX claim_numbers ON claim USING gin (numbers);
CREATE INDEX claim_statement ON claim USING gin (statement gin_trgm_ops);

-- Each way in which any claim names a speaker, once; `number` is made from a digest of the other four.
CREATE TABLE voice (
    number bigint PRIMARY KEY,
    words text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    record text COLLATE "C" NOT NULL
);
CREATE INDEX voice_words ON voice USING gin (words gin_trgm_ops);
CREATE INDEX voice_key ON voice (key);
CREATE INDEX voice_role ON voice (role);
CREATE INDEX voice_record ON voice (record) WHERE record <> '';

-- Copies of captured sources, by the digest of their content.
CREATE TABLE copy (
    sha256 text PRIMARY KEY,
    record bytea NOT NULL
);

CREATE TABLE gone (
    place text COLLATE "C" NOT NULL,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX gone_changed ON gone (changed);

-- However a row is changed, also by hand, it is told as changed, and what was known of its old body counts no more.
CREATE FUNCTION document_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM OLD.place THEN
        INSERT INTO claimtrack.gone (place) VALUES (OLD.place);
        NEW.born := pg_current_xact_id();
    END IF;
    NEW.changed := pg_current_xact_id();
    NEW.written := clock_timestamp();
    IF NEW.version IS NOT DISTINCT FROM OLD.version THEN
        NEW.version := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_has_changed BEFORE UPDATE ON document FOR EACH ROW
    WHEN (NEW.body IS DISTINCT FROM OLD.body OR NEW.place IS DISTINCT FROM OLD.place)
    EXECUTE FUNCTION document_has_changed();

CREATE FUNCTION document_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claimtrack.gone (place) VALUES (OLD.place);
    RETURN NULL;
END $$;
CREATE TRIGGER document_is_gone AFTER DELETE ON document FOR EACH ROW EXECUTE FUNCTION document_is_gone();

CREATE FUNCTION documents_are_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claimtrack.gone (place) SELECT place FROM claimtrack.document;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_are_gone BEFORE TRUNCATE ON document EXECUTE FUNCTION documents_are_gone();
