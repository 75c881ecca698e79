using System.Buffers.Binary;

namespace Mlops.Data.Tables;

/// <summary>
/// Walks through a Parquet file's footer before a library reads it: that it is well-formed Thrift
/// (compact protocol) and ends where it says. A cut or damaged one would keep Parquet.Net 6.1 reading for
/// ever.
/// </summary>
static class ParquetFooter
{
    const int TailBytes = 8;

    /// <param name="stream">Seekable; left at its beginning.</param>
    /// <exception cref="InvalidDataException">There is no whole footer.</exception>
    public static async Task Check(Stream stream, CancellationToken ct)
    {
        var tail = new byte[TailBytes];
        if (stream.Length < TailBytes + 4)
            throw new InvalidDataException("The file is too short.");
        stream.Seek(-TailBytes, SeekOrigin.End);
        await stream.ReadExactlyAsync(tail, ct);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8))
            throw new InvalidDataException("The file does not end with PAR1.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > stream.Length - TailBytes - 4)
            throw new InvalidDataException("The footer is longer than the file.");
        var footer = new byte[length];
        stream.Seek(-TailBytes - length, SeekOrigin.End);
        await stream.ReadExactlyAsync(footer, ct);
        try
        {
            new CompactThrift(footer, "footer").SkipStructure();
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException(cut.Message, cut);
        }
        stream.Seek(0, SeekOrigin.Begin);
    }
}
