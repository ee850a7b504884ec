"""Everything that a gate has written, to show that a refused request wrote nothing."""

from tests.invariants.sources import SERVICES, Sources

# What a refused request may leave: that somebody asked (the session's last use), and that somebody tried a password.
_TRACES = {"identity.tries"}
_WITHOUT = {"identity.sessions": "last_used_time", "identity.api_clients": "last_used_time"}
_LANE_TABLES = ("journal", "openings", "endings", "passages", "answers", "requested_modes", "rules")


def everything(sources: Sources) -> dict[str, str]:
    """A digest of each table of every service, once all of them have heard of everything."""
    sources.wait_rest()
    names = ", ".join(f"'{name}'" for name in SERVICES)
    tables = [
        f"{row['table_schema']}.{row['table_name']}"
        for row in sources.select(
            f"select table_schema, table_name from information_schema.tables where table_schema in ({names})"
        )
    ]
    parts = []
    for table in sorted(set(tables) - _TRACES):
        row = f"(to_jsonb(one) - '{_WITHOUT[table]}')::text" if table in _WITHOUT else "one::text"
        parts.append(f"select '{table}' as name, md5(coalesce(string_agg({row}, '|' order by {row}), '')) as digest "
                     f"from {table} one")  # fmt: skip
    found = {row["name"]: row["digest"] for row in sources.select(" union all ".join(parts))}
    counts = sources.select_lane({table: f"select count(*) as count from {table}" for table in _LANE_TABLES})
    return found | {f"lane.{table}": str(rows[0]["count"]) for table, rows in counts.items()}
