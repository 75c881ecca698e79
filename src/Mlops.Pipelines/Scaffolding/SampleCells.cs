using System.Globalization;
using Mlops.Data.Ingestion;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>The cells of a file's first lines.</summary>
sealed class SampleCells(string[][] rows, char delimiter)
{
    /// <summary>Words that mean no value wherever they stand.</summary>
    static readonly string[] Markers = ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "?"];

    /// <summary>Words that mean no value among numbers; elsewhere they may be values.</summary>
    static readonly string[] MarkersAmongNumbers = ["None", "none", "-", "--", "."];

    const double NearlyAll = 0.9;
    const double Most = 0.6;

    readonly int width = rows.Length == 0 ? 0 : rows[0].Length;

    /// <summary>
    /// A first line that has words over columns of numbers names the columns; so does one of different words,
    /// none of them a number.
    /// </summary>
    public bool HasHeader
    {
        get
        {
            if (rows.Length < 2)
                return true;
            var overNumbers = Enumerable.Range(0, width).Any(column =>
                IsWord(rows[0][column]) && NumberShare(column, from: 1) >= NearlyAll);
            var first = rows[0].Where(cell => cell.Length > 0).ToList();
            return overNumbers || (first.All(IsWord) && first.Distinct().Count() == first.Count);
        }
    }

    public IReadOnlyList<string> MissingMarkers =>
    [
        .. Markers.Where(marker => rows.Any(row => row.Contains(marker))),
        .. MarkersAmongNumbers.Where(marker => Enumerable.Range(0, width).Any(column =>
            Column(column, from: 1).Contains(marker) && NumberShare(column, from: 1) >= Most)),
    ];

    /// <summary>
    /// The sign of most cells that have it for nothing else; 1,234 may be grouped, so such cells count where
    /// there are no others.
    /// </summary>
    public string DecimalSeparator
    {
        get
        {
            if (delimiter == ',')
                return ".";
            var cells = rows.SelectMany(row => row).ToList();
            var commas = Majority(IsSurely) is var sure and not 0 ? sure : Majority(IsDecimal);
            return commas > 0 ? "," : ".";

            int Majority(Func<string, char, bool> isDecimal) =>
                cells.Count(cell => isDecimal(cell, ',')) - cells.Count(cell => isDecimal(cell, '.'));
        }
    }

    static bool IsSurely(string cell, char separator) =>
        GroupedNumbers.StylesOf(cell) is { Count: > 0 } styles
        ? cell.Contains(separator) && styles.All(style => style.Decimal == separator)
        : IsDecimal(cell, separator);

    /// <summary>Splits one line; a quoted line end is not looked for in a sample.</summary>
    public static string[] Of(string line, char delimiter, bool quoted)
    {
        var cells = new List<string>();
        var (start, inside) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && quoted && line[i] == '"')
                inside = !inside;
            if (i < line.Length && (inside || line[i] != delimiter))
                continue;
            var cell = line[start..i].Trim();
            cells.Add(quoted && cell.Length > 1 && cell[0] == '"' && cell[^1] == '"'
                ? cell[1..^1].Trim()
                : cell);
            start = i + 1;
        }
        return [.. cells];
    }

    /// <summary>Of the cells that are neither blank nor a marker.</summary>
    double NumberShare(int column, int from)
    {
        var values = Column(column, from)
            .Where(cell =>
                cell.Length > 0 && !Markers.Contains(cell) && !MarkersAmongNumbers.Contains(cell)).ToList();
        return values.Count == 0 ? 0 : (double)values.Count(IsNumber) / values.Count;
    }

    IEnumerable<string> Column(int column, int from) =>
        rows.Skip(from).Where(row => row.Length > column).Select(row => row[column]);

    static bool IsWord(string cell) => cell.Length > 0 && !IsNumber(cell) && !Markers.Contains(cell);

    static bool IsNumber(string cell) =>
        double.TryParse(cell.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || GroupedNumbers.StylesOf(cell).Count > 0;

    static bool IsDecimal(string cell, char separator) =>
        cell.Count(letter => letter == separator) == 1
        && cell.All(letter => char.IsAsciiDigit(letter) || letter == separator || letter == '-')
        && cell.Any(char.IsAsciiDigit);
}
