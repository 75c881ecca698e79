namespace Mlops.Engine;

/// <summary>What a file held while nobody wrote to it.</summary>
sealed record SourceReading(Digest Digest, FileStamp Stamp)
{
    const int MostAttempts = 3;

    /// <summary>Reads a file, and again if it was written to meanwhile.</summary>
    /// <exception cref="ProblemException">It is not there, cannot be read,
    /// or does not come to rest.</exception>
    public static SourceReading Of(string file) => Of(file, path => FileDigest.Of(path));

    /// <param name="digestOf">Reads the file once.</param>
    /// <inheritdoc cref="Of(string)"/>
    public static SourceReading Of(string file, Func<string, Digest> digestOf)
    {
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var before = FileStamp.Of(file) ?? throw new ProblemException(SourceProblem.Absent(file));
                var digest = digestOf(file);
                if (FileStamp.Of(file) == before)
                    return new SourceReading(digest, before);
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProblemException(SourceProblem.Absent(file));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(SourceProblem.Unreadable(file, refused));
        }
        throw new ProblemException(SourceProblem.Restless(file));
    }
}

static class SourceProblem
{
    /// <summary>
    /// What .NET shows in place of bytes that are no UTF-8; the file cannot be opened by such a name.
    /// </summary>
    const char Replacement = '\uFFFD';

    public static Problem Absent(string file) => file.Contains(Replacement)
        ? new Problem("ENGINE-060", "The name of a source is not UTF-8.",
            new Place(file), Next: "Give it another name.")
        : new Problem("ENGINE-005", "A source file vanished, is a link to nothing, or is no regular file.",
            new Place(file), Next: "Run again; or remove it, or leave it out of the pattern.");

    public static Problem Unreadable(string file, Exception refused) => new(
        "ENGINE-061", "A source cannot be read.", new Place(file), Actual: refused.Message,
        Next: "Let this user read it, or leave it out of the pattern.");

    public static Problem Restless(string file) => new(
        "ENGINE-062", "A source file is being written to: it changed each time while it was read.",
        new Place(file), Next: "Run again when it is finished, or name a copy of it.");
}
