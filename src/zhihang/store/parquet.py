# SPDX-License-Identifier: Apache-2.0
"""Writing one table to one Parquet file, in row groups of bounded size."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import pyarrow.parquet as pq

GROUP_ROWS = 122_880
GROUP_BYTES = 24 << 20
COMPRESSION_LEVEL = 3
_LONG_TEXTS = frozenset(
    {"text", "raw", "value", "cited_text", "name", "address", "detail", "arguments", "reason"}
)


class TableFile:
    """A Parquet file that grows batch by batch; buffers at most one row group."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.schema = schema
        self.rows = 0
        self._buffer: list[pa.Table] = []
        self._buffered_rows = 0
        self._buffered_bytes = 0
        self._writer: pq.ParquetWriter | None = None

    def append(self, rows: pa.Table) -> None:
        """Add rows; they reach the disk when a row group is full."""
        if not rows.num_rows:
            return
        self._buffer.append(rows)
        self._buffered_rows += rows.num_rows
        self._buffered_bytes += rows.nbytes
        self.rows += rows.num_rows
        if self._buffered_rows >= GROUP_ROWS or self._buffered_bytes >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        """Write what is buffered and finish the file; a file without rows is not created."""
        if self._buffer:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        if self._writer is None:
            self._writer = _writer(self.path, self.schema)
        self._writer.write_table(
            pa.concat_tables(self._buffer).select(self.schema.names).cast(self.schema), GROUP_ROWS
        )
        self._buffer.clear()
        self._buffered_rows = self._buffered_bytes = 0


def write_file(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write all `batches` to `path`; return the number of rows (0: no file)."""
    file = TableFile(path, schema)
    for batch in batches:
        file.append(pa.Table.from_batches([batch]))
    file.close()
    return file.rows


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = [field.name for field in schema if pa.types.is_integer(field.type)]
    texts = [
        field.name for field in schema if pa.types.is_string(field.type) and field.name not in _LONG_TEXTS
    ]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        use_dictionary=texts + [name for name in schema.names if name in ("name", "address", "detail")],
        column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        write_statistics=[field.name for field in schema if field.name not in _LONG_TEXTS],
        store_schema=False,
    )
