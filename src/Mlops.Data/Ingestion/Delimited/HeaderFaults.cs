using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What keeps the columns of a text from being known.</summary>
static class HeaderFaults
{
    public static void ThrowIfUnreadable(RecordReader header, Encoding encoding)
    {
        if (encoding is LenientEncoding { Written: var written }
            && Undecodable.FaultOf(header.Raw, written) is { } none)
            throw new SourceFaultException(SourceFaults.NoText(
                "header", written, checked((int)header.Line), none));
        if (LooksLikeJson(header.Unmarked))
            throw new SourceFaultException(new Problem(
                "DATA-063", "The file is JSON.", new Place("", checked((int)header.Line)),
                Expected: "delimited text with a header",
                Next: "With an object per line, name it .jsonl, or set data.format.kind to jsonl; take a "
                    + "list of objects apart first, so that each has a line of its own."));
        if (header.Fault is { } fault)
            throw new SourceFaultException(new Problem(
                "DATA-027", $"The header cannot be read: {fault}.",
                new Place("", checked((int)header.Line))));
    }

    /// <param name="first">The first row; null where there is none.</param>
    /// <param name="line">Of the header.</param>
    public static void ThrowIfOfAnotherDelimiter(
        HeaderNames header, string delimiter, string? first, int line)
    {
        if (header.SuspectDelimiter(delimiter[0], first) is { } other)
            throw new SourceFaultException(new Problem(
                "DATA-016",
                $"The file has one column only, but its lines hold {other}: "
                + "this looks like another delimiter.",
                new Place("", line), Expected: $"columns separated by '{delimiter}'",
                Next: $"Set the delimiter to {other}."));
    }

    public static SourceFaultException EndsInTitles(int skipped, int lines) => new(new Problem(
        "DATA-065", "The file ends within the lines to skip at its beginning.", new Place(""),
        Expected: $"more than {Counted.Of(skipped, "line", "lines")}",
        Actual: Counted.Of(lines),
        Next: "Correct data.format.skip-lines, or bring the file with its data."));

    static bool LooksLikeJson(ReadOnlySpan<char> header) => header.TrimEnd() is "[" or "{"
        || header.StartsWith("{\"") || header.StartsWith("[{\"");
}
