using System.Globalization;
using System.Text;
using Mlops.Data.Validation.Checks;

namespace Mlops.Data.Quarantining;

/// <summary>
/// The quarantine as people open it: CSV by RFC 4180, UTF-8, one row of the data per record, cells as they
/// stand in the file. What several checks say of one row is joined by "; " in the same order in each column.
/// </summary>
sealed class QuarantineCsv(StreamWriter output, IReadOnlyList<string> redact)
{
    const string Header = "file,line,column,value,reason,checks,text";

    /// <summary>What stands for the check that a row did not pass while it was read.</summary>
    const string Parsing = "parse";

    bool hasHeader;

    public void Unparsed(string file, RawRow row, IReadOnlyList<string> header) => Write(
        file, row.Line, row.Column ?? "", row.Column is { } column ? Value(row, header, column) : "",
        redact.Count > 0 ? "does not parse" : row.Reason ?? "", Parsing, Text(row, header));

    /// <param name="failed">What the row failed: check, column and reason of each.</param>
    public void Failed(
        string file, RawRow row, IReadOnlyList<string> header,
        IReadOnlyList<(string Check, string? Column, string Reason)> failed) =>
        Write(
            file, row.Line,
            string.Join("; ", failed.Select(each => each.Column ?? "")),
            string.Join("; ",
                failed.Select(each => each.Column is { } column ? Value(row, header, column) : "")),
            string.Join("; ", failed.Select(each => each.Reason)),
            string.Join("; ", failed.Select(each => each.Check)),
            Text(row, header));

    string Value(RawRow row, IReadOnlyList<string> header, string column)
    {
        if (redact.Contains(column))
            return Masking.Mask;
        var at = header.ToList().IndexOf(column);
        return at >= 0 && row.Cells is not null ? row.Cells[at] : "";
    }

    /// <summary>
    /// With redacted cells the text is put together anew; where the cells are not known, nothing is shown.
    /// </summary>
    string Text(RawRow row, IReadOnlyList<string> header) => redact.Count == 0 ? row.Text
        : row.Cells is null ? Masking.Mask
        : string.Join(
            ',', row.Cells.Select((cell, i) => Quoted(redact.Contains(header[i]) ? Masking.Mask : cell)));

    void Write(string file, long line, params string[] cells)
    {
        if (!hasHeader)
            output.Write(Header + "\n");
        hasHeader = true;
        output.Write(Quoted(file));
        output.Write(',');
        output.Write(line.ToString(CultureInfo.InvariantCulture));
        foreach (var cell in cells)
        {
            output.Write(',');
            output.Write(Quoted(cell));
        }
        output.Write('\n');
    }

    public static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0
        ? cell
        : new StringBuilder(cell).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
}
