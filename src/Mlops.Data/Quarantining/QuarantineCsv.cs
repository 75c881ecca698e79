using System.Globalization;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Quarantining;

/// <summary>
/// The quarantine as people open it: CSV by RFC 4180, UTF-8, one row of the data per record, cells as they
/// stand in the file. What several checks say of one row is joined by "; " in the same order in each column.
/// A cell that a spreadsheet would take for a formula has an apostrophe before it, one more than it had:
/// whoever takes the first one away has the cell.
/// </summary>
sealed class QuarantineCsv(StreamWriter output, Redaction redaction)
{
    const string Header = "file,line,column,value,reason,checks,offset,length,text";

    /// <summary>What stands for the check that a row did not pass while it was read.</summary>
    const string Parsing = "parse";

    /// <summary>What formulas begin with, also as Japanese keyboards have it, or what is skipped before
    /// them.</summary>
    const string Openings = "=+-@\t\r\n＝＋－＠";

    string file = "";
    bool hasLines = true;
    bool isJson;
    IReadOnlyList<string> columns = [];
    Dictionary<string, int> columnOf = [];
    bool hasHeader;

    /// <summary>Says where the following rows come from.</summary>
    /// <param name="kind">One of <see cref="SourceKind"/>; null for delimited text.</param>
    /// <param name="header">What the cells of a row are called.</param>
    public void Begin(string name, string? kind, IReadOnlyList<string> header)
    {
        if (name == file && ReferenceEquals(columns, header))
            return;
        (file, columns, hasLines, isJson) = (name, header, SourceKind.HasLines(kind), kind is not null);
        columnOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, column) in header.Index())
            columnOf.TryAdd(column, at);
    }

    public void Unparsed(RawRow row) => Write(
        row, row.Column ?? "", row.Column is { } column ? Value(row, column) : "",
        redaction.Reason(row.Column, row.Reason ?? ""), Parsing);

    /// <param name="failed">The checks that the row failed.</param>
    public void Failed(RawRow row, IReadOnlyList<TakenOut> failed) => Write(
        row,
        string.Join("; ", failed.Select(check => check.Column ?? "")),
        string.Join("; ", failed.Select(check => check.Column is { } column ? Value(row, column) : "")),
        string.Join("; ", failed.Select(check => check.Reason)),
        string.Join("; ", failed.Select(check => check.Check)));

    string Value(RawRow row, string column) =>
        redaction.HidesColumn(column) ? Masking.Mask
        : row.Cells is { } cells && columnOf.TryGetValue(column, out var at) && at < cells.Count
            ? cells[at] : "";

    /// <summary>
    /// With redacted cells the text is put together anew; where the cells are not known, nothing is shown.
    /// </summary>
    string Text(RawRow row) => !redaction.Hides ? row.Text
        : isJson ? redaction.OfJson(row.Text)
        : row.Cells is null ? Masking.Mask
        : string.Join(',', row.Cells.Select(
            (cell, i) => Quoted(redaction.HidesColumn(columns[i]) ? Masking.Mask : cell)));

    void Write(RawRow row, params ReadOnlySpan<string> cells)
    {
        if (!hasHeader)
            output.Write(Header + "\n");
        hasHeader = true;
        output.Write(Quoted(Inert(file)));
        output.Write(hasLines ? "," : ",row ");
        output.Write(row.Line.ToString(CultureInfo.InvariantCulture));
        foreach (var cell in cells)
            WriteCell(cell);
        WriteCell(Bytes(row.Offset));
        WriteCell(Bytes(row.Length));
        WriteCell(Text(row));
        output.Write('\n');
    }

    /// <summary>How long a row is would tell how long what is hidden is.</summary>
    string Bytes(long? count) => count is null ? ""
        : redaction.Hides ? Masking.Mask
        : count.Value.ToString(CultureInfo.InvariantCulture);

    void WriteCell(string cell)
    {
        output.Write(',');
        output.Write(Quoted(Inert(cell)));
    }

    static string Inert(string cell) =>
        cell.AsSpan().TrimStart('\'') is [var first, ..] && Openings.Contains(first) && !IsNumber(cell)
            ? "'" + cell : cell;

    static bool IsNumber(ReadOnlySpan<char> cell) =>
        cell.Length > 1 && char.IsAsciiDigit(cell[1]) && double.TryParse(
            cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);

    public static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0
        ? cell
        : new StringBuilder(cell).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
}
