-- Writes an entry when one of the watched columns of a row changes, whatever way the change came.
-- Arguments of a trigger: model, column of the member, watched columns, columns whose values are
-- secret (that they changed is told, what they hold is not).
CREATE OR REPLACE FUNCTION privacy_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    watched text[] := TG_ARGV[2]::text[];
    secret text[] := TG_ARGV[3]::text[];
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    was jsonb := '{}';
    is_now jsonb := '{}';
    name text;
    told jsonb;
BEGIN
    FOREACH name IN ARRAY watched LOOP
        IF old_row -> name IS DISTINCT FROM new_row -> name THEN
            IF old_row ? name THEN
                was := was || jsonb_build_object(
                    name, CASE WHEN name = ANY (secret) THEN '"…"' ELSE old_row -> name END);
            END IF;
            IF new_row ? name THEN
                is_now := is_now || jsonb_build_object(
                    name, CASE WHEN name = ANY (secret) THEN '"…"' ELSE new_row -> name END);
            END IF;
        END IF;
    END LOOP;
    IF TG_OP = 'UPDATE' AND was = '{}' AND is_now = '{}' THEN
        RETURN NULL;
    END IF;
    told := COALESCE(NULLIF(current_setting('fitcore.actor', true), ''), '{}')::jsonb;
    INSERT INTO privacy_auditentry (at, model, row, action, subject_id, actor_kind, actor_id,
                                    through, request_id, before, after)
    VALUES (
        clock_timestamp(),
        TG_ARGV[0],
        COALESCE(new_row ->> 'id', old_row ->> 'id', new_row ->> 'user_id',
                 old_row ->> 'user_id', ''),
        lower(TG_OP),
        COALESCE(new_row ->> TG_ARGV[1], old_row ->> TG_ARGV[1])::bigint,
        COALESCE(told ->> 'kind', 'system'),
        (told ->> 'id')::bigint,
        COALESCE(told ->> 'through', ''),
        COALESCE(told ->> 'request', ''),
        was,
        is_now
    );
    RETURN NULL;
END $$;

-- Nobody changes or removes what was written, but for erasure, which may only blank it.
CREATE OR REPLACE FUNCTION privacy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('fitcore.scrub', true) = 'on'
       AND (NEW.id, NEW.at, NEW.model, NEW.action) = (OLD.id, OLD.at, OLD.model, OLD.action)
       AND (NEW.subject_id IS NULL OR NEW.subject_id = OLD.subject_id)
       AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
       AND NEW.before IN (OLD.before, '{}') AND NEW.after IN (OLD.after, '{}')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit trail is only added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION privacy_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A consent is followed by another, never rewritten'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE ON privacy_auditentry
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE OR REPLACE TRIGGER consent_is_never_rewritten BEFORE UPDATE ON privacy_consent
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_rewriting();
