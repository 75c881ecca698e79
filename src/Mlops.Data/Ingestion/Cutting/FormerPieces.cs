using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What is in a piece of a file.</summary>
/// <param name="Lines">Ends of lines in it.</param>
readonly record struct PieceReading(Digest Digest, long Lines, bool IsUtf8);

/// <summary>
/// The pieces that a file has in common with what it was before rows were appended to it: where it still
/// begins with all that it was, they need not be read again.
/// </summary>
static class FormerPieces
{
    /// <param name="mustBeUtf8">Whether it matters that pieces are UTF-8.</param>
    /// <returns>By where they begin and end.</returns>
    public static async Task<IReadOnlyDictionary<(long From, long To), PieceReading>> Of(
        FormerFile<CutFile>? former, bool mustBeUtf8)
    {
        var known = new Dictionary<(long From, long To), PieceReading>();
        // Of a file that was found to be no UTF-8 nobody knows which piece was none.
        if (former is null || (mustBeUtf8 && former.Output.Encoding != DetectedEncoding.Utf8)
            || !await former.IsBeginning)
            return known;
        // How many lines the last has, no other begins after.
        foreach (var (piece, next) in former.Output.Pieces.Zip(former.Output.Pieces.Skip(1)))
            known[(piece.Offset, next.Offset)] = new PieceReading(
                piece.Digest, next.FirstLine - piece.FirstLine, IsUtf8: true);
        return known;
    }
}
