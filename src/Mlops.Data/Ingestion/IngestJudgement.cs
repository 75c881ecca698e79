using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Whether each source may have so many rows in quarantine, and what a person should know about the files.
/// </summary>
static class IngestJudgement
{
    const int MaxExamples = 5;

    public static Judgement Of(
        IngestInput input, IReadOnlyList<SourceOutcome> sources, IReadOnlyList<string> columns,
        IReadOnlyList<string> ofTypes)
    {
        var files = input.Sources;
        var kept = sources.Sum(source => source.KeptRows);
        var quarantined = sources.Sum(source => source.QuarantinedRows);
        var beyond = files.Zip(sources).Where(pair => IsBeyond(input, pair.Second))
            .Select(pair => $"{pair.First.Name} {Share(pair.Second.QuarantinedRows, RowsOf(pair.Second))}")
            .ToList();
        var accepted = kept > 0 && beyond.Count == 0;
        var findings = new List<string>();
        if (quarantined > 0)
        {
            findings.Add($"{Share(quarantined, kept + quarantined, " rows")} did not parse, "
                + (kept == 0 && beyond.Count == 0 ? "so no row is left." : Limit(input, beyond)));
            findings.AddRange(ByColumn(sources, columns));
            findings.AddRange(Examples(input, sources));
            findings.AddRange(Encodings(input, sources));
        }
        findings.AddRange(ofTypes);
        findings.AddRange(Headers(files, sources));
        findings.AddRange(Marks(input, sources));
        findings.AddRange(Mistaken(input, sources));
        return new Judgement(accepted, findings);
    }

    static long RowsOf(SourceOutcome source) => source.KeptRows + source.QuarantinedRows;

    /// <remarks>Divided, not multiplied: 0.29 of 100 rows are a little less than 29 of them.</remarks>
    static bool IsBeyond(IngestInput input, SourceOutcome source) =>
        (double)source.QuarantinedRows / RowsOf(source) > input.QuarantineMaxShare
        || source.QuarantinedRows > input.QuarantineMaxCount;

    static string Share(long quarantined, long rows, string unit = "") => FormattableString.Invariant(
        $"{quarantined:N0} of {rows:N0}{unit} ({(double)quarantined / rows:P2})");

    static string Limit(IngestInput input, List<string> beyond)
    {
        var count = input.QuarantineMaxCount is { } rows
            ? $" and {Counted.Of(rows, "row", "rows")}" : "";
        var allowed = FormattableString.Invariant($"{input.QuarantineMaxShare:P2}{count} of each source");
        return beyond.Count == 0
            ? $"within the {allowed} allowed."
            : $"more than the {allowed} allowed: {string.Join(", ", beyond.Take(MaxExamples))}"
                + (beyond.Count > MaxExamples ? $" and {beyond.Count - MaxExamples} more." : ".");
    }

    static IEnumerable<string> ByColumn(
        IReadOnlyList<SourceOutcome> sources, IReadOnlyList<string> columns) =>
        columns.Prepend("")
            .Select(column => (column, rows: sources.SelectMany(source => source.ByColumn)
                .Where(faults => faults.Column == column).Sum(faults => faults.Rows)))
            .Where(pair => pair.rows > 0)
            .Select(pair =>
                $"{(pair.column.Length == 0 ? "The row as a whole" : $"'{pair.column}'")}: "
                + $"{Counted.Of(pair.rows, "row", "rows")}.");

    static IEnumerable<string> Examples(IngestInput input, IReadOnlyList<SourceOutcome> sources) =>
        input.Sources.Zip(sources).SelectMany(pair => pair.Second.Samples.Select(row =>
        {
            var column = row.Column is null ? "" : $"{row.Column}: ";
            return $"{SourceKind.Place(input.Format, pair.First.Name, row.Line)}: {column}{row.Reason}";
        })).Take(MaxExamples);

    /// <summary>Where rows are no text for what was declared, what they may be written in.</summary>
    static IEnumerable<string> Encodings(IngestInput input, IReadOnlyList<SourceOutcome> sources) =>
        input.Format.Encoding is not { } declared ? [] :
        input.Sources.Zip(sources).Where(pair => pair.Second.Likely is not null)
            .GroupBy(pair => pair.Second.Likely!, pair => pair.First.Name)
            .Select(files => NearestNames.Listed([.. files]) + (files.Key == DetectedEncoding.Utf8
                ? $": all bytes are valid utf-8, and {declared} is declared: set data.format.encoding to "
                    + "utf-8, or leave it out."
                : $": the bytes that are no {declared} look like {files.Key} or another encoding of one byte "
                    + "a character: set data.format.encoding to what the file was written in."));

    /// <summary>Where all rows are text for what was declared, and were written in something else.</summary>
    static IEnumerable<string> Mistaken(IngestInput input, IReadOnlyList<SourceOutcome> sources)
    {
        var places = input.Sources.Zip(sources)
            .Where(pair => pair.Second.Utf8?.AreEnough == true)
            .Select(pair => SourceKind.Place(input.Format, pair.First.Name, pair.Second.Utf8!.Line)).ToList();
        if (places.Count > 0 && input.Format.Encoding is { } declared)
            yield return $"{NearestNames.Listed(places)}: read as {declared}, which is declared, but all "
                + "bytes are valid utf-8 (the first beyond ASCII are there): where letters look like 'Ã©', set "
                + "data.format.encoding to utf-8, or leave it out.";
    }

    static IEnumerable<string> Marks(IngestInput input, IReadOnlyList<SourceOutcome> sources)
    {
        var rows = sources.Sum(source => source.Marked?.Rows ?? 0);
        var places = input.Sources.Zip(sources)
            .Where(pair => pair.Second.Marked is not null)
            .Select(pair => SourceKind.Place(input.Format, pair.First.Name, pair.Second.Marked!.FirstLine));
        if (rows > 0)
            yield return $"Left out the byte-order mark before {Counted.Of(rows, "row", "rows")}, as where one "
                + $"file was appended to another: first in {NearestNames.Listed([.. places])}.";
    }

    static IEnumerable<string> Headers(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceOutcome> sources)
    {
        var leftOut = sources.SelectMany(source => source.LeftOut).Distinct(StringComparer.Ordinal).ToList();
        if (leftOut.Count > 0)
            yield return $"Left out, because not declared: {NearestNames.Listed(leftOut)}.";
        foreach (var group in files.Zip(sources)
            .SelectMany(pair => (pair.Second.Adapted ?? []).Select(column => (column, pair.First.Name)))
            .GroupBy(pair => pair.column, pair => pair.Name))
            yield return $"'{group.Key}' is missing in all rows of {NearestNames.Listed([.. group])}, "
                + "which lack the column.";
        foreach (var group in files.Zip(sources).Where(pair => pair.Second.Encoding is not null)
            .GroupBy(pair => pair.Second.Encoding))
            yield return $"Read as {group.Key}, which nobody declared: "
                + $"{NearestNames.Listed([.. group.Select(pair => pair.First.Name)])}.";
        var first = Enumerable.Range(0, files.Count).FirstOrDefault(i => sources[i].Notes.Count > 0, -1);
        if (first >= 0)
            yield return $"{files[first].Name}: {string.Join("; ", sources[first].Notes.Take(MaxExamples))}"
                + (sources[first].Notes.Count > MaxExamples
                    ? $"; and {sources[first].Notes.Count - MaxExamples} more." : ".");
    }
}
