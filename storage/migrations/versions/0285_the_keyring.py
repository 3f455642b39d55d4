"""The keys move into a schema of their own, which can be a database of its own: nothing may refer to them by a
foreign key any more, and which of them belong to a person beside their own is said on this side."""

import sqlalchemy as sa
from alembic import op

revision = "0285"
down_revision = "0284"

NAMING = ("people", "cases", "reports")


def upgrade() -> None:
    for table in NAMING:
        op.drop_constraint(f"fk_{table}_key_id", table, type_="foreignkey")
    op.create_table(
        "owned_keys",
        sa.Column("key_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_owned_keys_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_owned_keys")),
    )
    op.create_index(op.f("ix_owned_keys_person_id"), "owned_keys", ["person_id"], unique=False)
    op.execute("INSERT INTO owned_keys SELECT k.id, k.person_id FROM keys k JOIN people p ON p.id = k.person_id")
    op.create_table(
        "erased_keys",
        sa.Column("key_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_erased_keys")),
    )
    op.create_index(
        "ix_erased_keys_untold", "erased_keys", ["key_id"], unique=False, postgresql_where=sa.text("NOT told")
    )
    op.drop_index(op.f("ix_keys_person_id"), table_name="keys")
    op.drop_column("keys", "person_id")
    op.execute("CREATE SCHEMA IF NOT EXISTS keyring")
    op.execute(
        "CREATE TABLE IF NOT EXISTS keyring.roots (id text CONSTRAINT roots_pkey PRIMARY KEY,"
        " since timestamptz NOT NULL DEFAULT clock_timestamp())"
    )
    op.execute("ALTER TABLE keys SET SCHEMA keyring")
    op.execute("ALTER TABLE keyring.keys ADD root text CONSTRAINT fk_keys_root REFERENCES keyring.roots (id)")
    op.execute("CREATE INDEX ix_keyring_keys_root ON keyring.keys (root)")


def downgrade() -> None:
    op.execute("DROP INDEX keyring.ix_keyring_keys_root")
    op.execute("ALTER TABLE keyring.keys DROP COLUMN root")
    op.execute("ALTER TABLE keyring.keys SET SCHEMA public")
    op.execute("DROP SCHEMA keyring CASCADE")
    op.add_column("keys", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_keys_person_id"), "keys", ["person_id"], unique=False)
    op.execute("UPDATE keys SET person_id = o.person_id FROM owned_keys o WHERE o.key_id = keys.id")
    op.drop_table("erased_keys")
    op.drop_table("owned_keys")
    for table in NAMING:
        op.create_foreign_key(f"fk_{table}_key_id", table, "keys", ["key_id"], ["id"])
