"""Which center answers for a region is a fact of its own, with days of effect: on each day exactly one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0210"
down_revision = "0180"

REGIONS = (
    "ar-crimea cherkasy chernihiv chernivtsi dnipropetrovsk donetsk ivano-frankivsk kharkiv kherson khmelnytskyi"
    " kirovohrad kyiv kyiv-city luhansk lviv mykolaiv odesa poltava rivne sevastopol sumy ternopil vinnytsia volyn"
    " zakarpattia zaporizhzhia zhytomyr abroad"
)
"""Those of November 2026."""


def upgrade() -> None:
    op.create_table(
        "center_regions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("during", postgresql.DATERANGE(), nullable=False),
        sa.Column("proposed", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("ck_center_regions_some_day")),
        postgresql.ExcludeConstraint(
            (sa.column("region"), "="), (sa.column("during"), "&&"), using="gist", name="one_center_a_day"
        ),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name=op.f("fk_center_regions_center")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_center_regions")),
    )
    op.create_index(op.f("ix_center_regions_center"), "center_regions", ["center"], unique=False)
    # Until now, what no center had in its array, and every family abroad, came to the first of all.
    op.execute(
        sa.text(
            """
            INSERT INTO center_regions (id, region, center, during, proposed)
            SELECT nextval('ids'), region, center.name, '(,)', NOT region = ANY (center.regions)
                OR region = ANY (center.proposed)
            FROM unnest(string_to_array(:regions, ' ')) WITH ORDINALITY AS every (region, place)
            CROSS JOIN LATERAL (
                SELECT * FROM centers ORDER BY NOT region = ANY (centers.regions), centers.id LIMIT 1
            ) AS center
            ORDER BY place
            """
        ).bindparams(regions=REGIONS)
    )
    op.execute(
        """
        CREATE FUNCTION center_regions_without_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            answered datemultirange;
        BEGIN
            SELECT range_agg(during) INTO answered FROM center_regions WHERE region = coalesce(NEW.region, OLD.region);
            IF answered IS DISTINCT FROM '{(,)}'::datemultirange THEN
                RAISE EXCEPTION 'nobody answers for % on some day', coalesce(NEW.region, OLD.region)
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'center_regions_without_gaps';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE CONSTRAINT TRIGGER center_regions_without_gaps AFTER INSERT OR UPDATE OR DELETE ON center_regions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION center_regions_without_gaps()
        """
    )
    op.drop_column("centers", "regions")
    op.drop_column("centers", "proposed")


def downgrade() -> None:
    for name, only in (("regions", "true"), ("proposed", "proposed")):
        op.add_column("centers", sa.Column(name, postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
        op.execute(
            f"""
            UPDATE centers SET {name} = ARRAY(
                SELECT region FROM center_regions
                WHERE center = centers.name AND {only} AND region <> 'abroad' AND during @> current_date ORDER BY id
            )
            """  # noqa: S608  the names are those above
        )
        op.alter_column("centers", name, server_default=None)
    op.drop_table("center_regions")
    op.execute("DROP FUNCTION center_regions_without_gaps()")
