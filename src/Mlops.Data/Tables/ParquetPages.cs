using Parquet.Meta;

namespace Mlops.Data.Tables;

/// <summary>
/// Walks through the page headers of a column before a library reads its pages: each ends where it says, and
/// claims no more than the column does as a whole. Parquet.Net 6.1 makes room for whatever a header claims.
/// </summary>
static class ParquetPages
{
    /// <summary>
    /// How much more a page may be than the whole column says: some writers do not count headers.
    /// </summary>
    const long UncountedBytes = 64 << 10;

    /// <summary>A header may quote the least and the greatest value.</summary>
    const int MaxHeaderBytes = 16 << 20;

    const int UsualHeaderBytes = 512;

    /// <param name="stream">Seekable.</param>
    /// <exception cref="InvalidDataException">A header claims what cannot be.</exception>
    public static async Task Check(Stream stream, ColumnMetaData column, CancellationToken ct)
    {
        var at = column.DictionaryPageOffset is > 0 and var dictionary
            ? Math.Min(dictionary, column.DataPageOffset) : column.DataPageOffset;
        for (var values = 0L; values < column.NumValues;)
        {
            var page = await Read(stream, at, ct);
            Check(page, column, values, stream.Length - at);
            at += page.HeaderBytes;
            if (column.Codec == CompressionCodec.SNAPPY && page is { IsPacked: true, Packed: > 0 })
                await CheckSnappy(stream, at, page, ct);
            at += page.Packed;
            values += page.IsDictionary ? 0 : page.Values;
        }
    }

    static async Task<ParquetPage> Read(Stream stream, long at, CancellationToken ct)
    {
        for (var length = UsualHeaderBytes; ; length *= 8)
        {
            var bytes = await Bytes(stream, at, length, ct);
            try
            {
                return ParquetPage.Read(bytes);
            }
            catch (EndOfStreamException cut) when (bytes.Length < length || length >= MaxHeaderBytes)
            {
                throw new InvalidDataException(cut.Message, cut);
            }
            catch (EndOfStreamException)
            {
                // It is longer than most.
            }
        }
    }

    /// <param name="values">Those of the pages before it.</param>
    /// <param name="rest">How many bytes the file has from the header on.</param>
    static void Check(ParquetPage page, ColumnMetaData column, long values, long rest)
    {
        if (page.Packed < 0 || page.Packed > rest - page.HeaderBytes)
            throw Claims(page.Packed, "bytes, which the file has not");
        if (page.Unpacked < 0 || page.Unpacked > column.TotalUncompressedSize + UncountedBytes)
            throw Claims(page.Unpacked, "bytes unpacked, more than its column");
        if (page.LevelBytes < 0 || page.LevelBytes > Math.Min(page.Packed, page.Unpacked))
            throw Claims(page.LevelBytes, "bytes of levels, more than itself");
        if (page.Values < 0
            || page.Values > (page.IsDictionary ? page.Unpacked : column.NumValues - values))
            throw Claims(page.Values, "values, more than there can be");
        if (!page.IsDictionary && page is { Values: 0, Packed: 0 })
            throw Claims(0, "values and bytes");
    }

    /// <summary>A Snappy stream begins with its own claim.</summary>
    /// <remarks>
    /// Where all values are missing some writers leave the stream out, which Parquet.Net 6.1 takes for a cut
    /// one.
    /// </remarks>
    /// <exception cref="NotSupportedException">There is none.</exception>
    static async Task CheckSnappy(Stream stream, long at, ParquetPage page, CancellationToken ct)
    {
        if (page.Packed == page.LevelBytes)
            throw new NotSupportedException("A page that is packed has nothing but levels.");
        const int longestVarint = 5;
        var (claimed, shift) = (0L, 0);
        foreach (var next in await Bytes(stream, at + page.LevelBytes, longestVarint, ct))
        {
            claimed |= (next & 127L) << shift;
            shift += 7;
            if (next < 128)
                break;
        }
        if (claimed > page.Unpacked - page.LevelBytes)
            throw Claims(claimed, "bytes where Snappy begins, more than before");
    }

    static async Task<byte[]> Bytes(Stream stream, long at, int length, CancellationToken ct)
    {
        if (at < 0 || at >= stream.Length)
            throw new InvalidDataException("A page lies outside of the file.");
        var bytes = new byte[Math.Min(length, stream.Length - at)];
        stream.Seek(at, SeekOrigin.Begin);
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    static InvalidDataException Claims(long count, string what) =>
        new(FormattableString.Invariant($"A page claims {count:N0} {what}."));
}
