using System.Buffers;
using System.Security.Cryptography;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Reads the pieces of a file in parallel for their digests and lines.</summary>
static class PieceDigests
{
    const int BufferBytes = 1 << 18;

    /// <param name="ends">Where each piece ends, the first of which begins the file.</param>
    /// <param name="known">Pieces that need not be read, by where they begin and end.</param>
    /// <param name="isUtf8">Whether all of them are.</param>
    public static IReadOnlyList<CutPiece> Of(
        RawFile file, IReadOnlyList<long> ends,
        IReadOnlyDictionary<(long From, long To), PieceReading> known,
        CancellationToken ct, out bool isUtf8)
    {
        var found = new PieceReading[ends.Count];
        Parallel.For(
            0, found.Length, new ParallelOptions { CancellationToken = ct },
            i =>
            {
                var range = (From: i == 0 ? 0 : ends[i - 1], To: ends[i]);
                found[i] = known.TryGetValue(range, out var same) ? same : Of(file, range.From, range.To);
            });
        var pieces = new List<CutPiece>();
        var (offset, line) = (0L, 1L);
        for (var i = 0; i < found.Length; i++)
        {
            pieces.Add(new CutPiece(offset, ends[i] - offset, found[i].Digest, line));
            offset = ends[i];
            line += found[i].Lines;
        }
        isUtf8 = found.All(piece => piece.IsUtf8);
        return pieces;
    }

    static PieceReading Of(RawFile file, long from, long to)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var lines = 0L;
            var endedWithCr = false;
            var utf8 = new Utf8Check();
            for (var at = from; at < to;)
            {
                var read = file.Read(buffer.AsSpan(0, (int)Math.Min(BufferBytes, to - at)), at);
                if (read == 0)
                    break;
                digest.AppendData(buffer, 0, read);
                utf8.Add(buffer.AsSpan(0, read));
                lines += Lines(buffer.AsSpan(0, read), ref endedWithCr);
                at += read;
            }
            return new PieceReading(Digest.FromBytes(digest.GetHashAndReset()), lines, utf8.IsWhole);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="endedWithCr">Whether the bytes before did: then a line feed is no further line
    /// end.</param>
    static int Lines(ReadOnlySpan<byte> bytes, ref bool endedWithCr)
    {
        var lines = LineEnds.In(bytes) - (endedWithCr && bytes[0] == (byte)'\n' ? 1 : 0);
        endedWithCr = bytes[^1] == (byte)'\r';
        return lines;
    }
}
