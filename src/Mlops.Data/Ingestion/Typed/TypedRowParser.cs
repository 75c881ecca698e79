using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Turns typed rows into rows of declared columns: a row goes in whole or not at all.</summary>
sealed class TypedRowParser : IDisposable
{
    readonly IReadOnlyList<ColumnDeclaration> columns;
    readonly TableSchema schema;
    readonly ColumnParser[] parsers;
    readonly int[] positions;
    readonly string[][] missing;
    readonly MissingNumbers[] missingNumbers;
    readonly bool[] hasDecimalComma;
    int namesSeen = -1;
    long held;

    /// <param name="isTime">Whether the source itself says that a column's cells are dates or times, which
    /// are in ISO 8601 then, however its texts are written.</param>
    public TypedRowParser(
        IReadOnlyList<ColumnDeclaration> columns, TextFormat format, Func<string, bool> isTime)
    {
        this.columns = columns;
        schema = new TableSchema([.. columns.Select(column => column.Column())]);
        var iso = format with { Dates = null };
        parsers =
        [
            .. columns.Select(column => isTime(column.Name)
                ? ColumnParser.Of(column with { Format = null, OtherFormats = null }, iso)
                : ColumnParser.Of(column, format)),
        ];
        positions = new int[columns.Count];
        missing = MissingWords.Of(columns, format);
        missingNumbers = [.. missing.Select(words => new MissingNumbers(words))];
        hasDecimalComma = [.. columns.Select(column => NumberSigns.Of(column, format).Decimal == ',')];
    }

    /// <summary>Rows since the last <see cref="Take"/>.</summary>
    public int Rows { get; private set; }

    /// <inheritdoc cref="RowParser.IsFull"/>
    public bool IsFull => Rows >= TableFileWriter.RowGroupRows || held >= TableFileWriter.RowGroupBytes;

    /// <returns>Null, or what is wrong with the row and in which column.</returns>
    public (string? Column, string Reason)? Add(TypedRows row)
    {
        if (row.Fault is { } fault)
            return (null, fault);
        Locate(row.Names);
        held += row.Cells.Chars + parsers.Length;
        for (var i = 0; i < parsers.Length; i++)
        {
            if (AddCell(i, row.Cells) is not { } reason)
                continue;
            for (var j = 0; j < i; j++)
                parsers[j].Truncate(Rows);
            return (columns[i].Name, reason);
        }
        Rows++;
        return null;
    }

    /// <summary>The rows so far as a table; the parser starts anew.</summary>
    public Table Take()
    {
        (Rows, held) = (0, 0);
        return new Table(schema, [.. parsers.Select(parser => parser.Take())]);
    }

    public void Dispose()
    {
        foreach (var parser in parsers)
            parser.Dispose();
    }

    void Locate(IReadOnlyList<string> names)
    {
        if (names.Count == namesSeen)
            return;
        namesSeen = names.Count;
        var positionOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            positionOf[names[i]] = i;
        for (var i = 0; i < positions.Length; i++)
            positions[i] = positionOf.GetValueOrDefault(columns[i].Name, -1);
    }

    string? AddCell(int column, RowCells cells)
    {
        var parser = parsers[column];
        var position = positions[column];
        var kind = position < 0 ? CellKind.Missing : cells.KindOf(position);
        var cell = position < 0 ? [] : cells[position];
        if (kind == CellKind.Missing
            || (kind == CellKind.Text && RowParser.IsMissing(cell.Trim(), missing[column]))
            || (kind is CellKind.Integer or CellKind.Real && missingNumbers[column].Has(cell)))
        {
            parser.AddMissing();
            return null;
        }
        if (kind is CellKind.Nested or CellKind.Binary && columns[column].Type != ColumnType.Text)
            return kind == CellKind.Binary ? "bytes instead of a value"
                : cell[0] == '[' ? "a list instead of a value" : "an object instead of a value";
        if (kind == CellKind.Real && hasDecimalComma[column] && columns[column].Type != ColumnType.Text)
            return parser.Add(cell.ToString().Replace('.', ','));
        return parser.Add(parser.KeepsBlanks ? cell : cell.Trim());
    }
}
