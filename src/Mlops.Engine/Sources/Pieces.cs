using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>Which ranges of raw files this process was told of, by the digest of their bytes.</summary>
sealed class Pieces
{
    readonly ConcurrentDictionary<Digest, (Digest Source, RawPiece Piece)> known = new();

    /// <remarks>Equal bytes in two places: the last one told will do as well as the first.</remarks>
    public void Add(Digest source, RawPiece piece) => known[piece.Digest] = (source, piece);

    /// <summary>The whole file and the range in it; null of what is no piece.</summary>
    public (Digest Source, RawPiece Piece)? Find(Digest piece) =>
        known.TryGetValue(piece, out var found) ? found : null;
}
