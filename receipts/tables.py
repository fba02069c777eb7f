"""Tables with wrapped cells: rows go over to the next page, under the same headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from receipts.layout import Column, Flow
from receipts.marks import MM_PT, Line
from receipts.wrapping import Run, Runs, runs_of, wrapped

_PAD_X_MM, _PAD_Y_MM = 1.0, 0.5
_FEWEST_LINES = 6
"""A row too long for any page begins where at least so many lines are left."""


class Table:
    """A table being written into a flow."""

    def __init__(self, flow: Flow, columns: Sequence[Column], size_pt: float) -> None:
        self._flow = flow
        self._columns = columns
        self._size_pt = size_pt
        unit = (flow.right_mm - flow.left_mm) / sum(column.width for column in columns)
        self._edges = [flow.left_mm]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width * unit)
        self._head_parts = self._head_heights()

    def write(self, rows: Sequence[Sequence[Runs]]) -> None:
        """Write the headings and `rows`; a row moves to the next page whole unless no page can hold it."""
        head = self._head_mm()
        self._flow.need(head + self._line_mm + 2 * _PAD_Y_MM)
        self._write_head()
        for row in rows:
            self._write_row([self._lines(cell, at) for at, cell in enumerate(row)])

    @property
    def _line_mm(self) -> float:
        return self._flow.line_mm(self._size_pt)

    def _lines(self, cell: Runs, first: int, last: int | None = None) -> list[list[Run]]:
        """Return the cell's lines over the columns `first` to `last`; a line feed begins a new one."""
        width_mm = self._edges[(first if last is None else last) + 1] - self._edges[first] - 2 * _PAD_X_MM
        size_pt = self._flow.size_pt(self._size_pt)
        paragraphs = cell.split("\n") if isinstance(cell, str) else [cell]
        return [
            line
            for paragraph in paragraphs
            for line in wrapped(runs_of(paragraph), width_mm * MM_PT, self._flow.face, size_pt)
        ]

    def _write_row(self, cells: list[list[list[Run]]]) -> None:
        """Write a row here, on the next page if it fits there only, or piece by piece over several."""
        flow = self._flow
        height_mm = max(map(len, cells)) * self._line_mm + 2 * _PAD_Y_MM
        whole = height_mm <= flow.page_room_mm - self._head_mm()
        if flow.need(height_mm if whole else min(height_mm, _FEWEST_LINES * self._line_mm)):
            self._write_head()
        while True:
            room = max(1, int((flow.bottom_mm - flow.y_mm - 2 * _PAD_Y_MM + 1e-6) / self._line_mm))
            self._write_part([cell[:room] for cell in cells])
            cells = [cell[room:] for cell in cells]
            if not any(cells):
                return
            flow.need(flow.page_room_mm)
            self._write_head()

    def _write_part(self, cells: list[list[list[Run]]]) -> None:
        flow = self._flow
        bottom_mm = flow.y_mm + max(map(len, cells)) * self._line_mm + 2 * _PAD_Y_MM
        for at, (column, lines) in enumerate(zip(self._columns, cells, strict=True)):
            top_mm = flow.y_mm + _PAD_Y_MM
            for line in lines:
                flow.line(
                    line,
                    self._edges[at] + _PAD_X_MM,
                    self._edges[at + 1] - _PAD_X_MM,
                    top_mm,
                    self._size_pt,
                    column.align,
                )
                top_mm += self._line_mm
        self._grid(self._edges, flow.y_mm, bottom_mm)
        flow.y_mm = bottom_mm

    def _grid(self, edges: Sequence[float], top_mm: float, bottom_mm: float) -> None:
        flow = self._flow
        flow.ruled(edges[0], edges[-1], top_mm)
        flow.ruled(edges[0], edges[-1], bottom_mm)
        flow.put(*(Line(x_mm, top_mm, x_mm, bottom_mm) for x_mm in edges))

    def _groups(self) -> list[tuple[str, int, int]]:
        """Return the headings that span columns: title, first and last column; lone columns have no title."""
        found: list[tuple[str, int, int]] = []
        numbered = list(enumerate(self._columns))
        for group, members in groupby(numbered, key=lambda pair: pair[1].group):
            at = [number for number, _ in members]
            if group:
                found.append((group, at[0], at[-1]))
            else:
                found.extend(("", number, number) for number in at)
        return found

    def _head_mm(self) -> float:
        return sum(self._head_parts)

    def _head_heights(self) -> tuple[float, float]:
        """Return the heights of the upper and the lower row of headings; no groups, no upper row."""
        spanning = [len(self._lines(title, first, last)) for title, first, last in self._groups() if title]
        grouped = [len(self._bold(at)) for at, column in enumerate(self._columns) if column.group]
        alone = [len(self._bold(at)) for at, column in enumerate(self._columns) if not column.group]
        upper = max(spanning) * self._line_mm + 2 * _PAD_Y_MM if spanning else 0.0
        lower = max(grouped, default=0) * self._line_mm + 2 * _PAD_Y_MM
        whole = max(alone, default=0) * self._line_mm + 2 * _PAD_Y_MM
        return upper, max(lower, whole - upper)

    def _bold(self, at: int) -> list[list[Run]]:
        return self._lines([Run(self._columns[at].title, "bold")], at)

    def _write_head(self) -> None:
        flow = self._flow
        upper_mm, lower_mm = self._head_parts
        top_mm, middle_mm = flow.y_mm, flow.y_mm + upper_mm
        bottom_mm = middle_mm + lower_mm
        for title, first, last in self._groups():
            left_mm, right_mm = self._edges[first], self._edges[last + 1]
            if title:
                lines = self._lines([Run(title, "bold")], first, last)
                self._centred(lines, left_mm, right_mm, top_mm, middle_mm)
                for at in range(first, last + 1):
                    edges = self._edges[at], self._edges[at + 1]
                    self._centred(self._bold(at), *edges, middle_mm, bottom_mm)
                self._grid(self._edges[first : last + 2], middle_mm, bottom_mm)
                self._grid([left_mm, right_mm], top_mm, middle_mm)
            else:
                self._centred(self._bold(first), left_mm, right_mm, top_mm, bottom_mm)
                self._grid([left_mm, right_mm], top_mm, bottom_mm)
        flow.y_mm = bottom_mm

    def _centred(
        self, lines: list[list[Run]], left_mm: float, right_mm: float, top_mm: float, bottom_mm: float
    ) -> None:
        y_mm = top_mm + (bottom_mm - top_mm - len(lines) * self._line_mm) / 2
        for line in lines:
            self._flow.line(line, left_mm, right_mm, y_mm, self._size_pt, "center")
            y_mm += self._line_mm
