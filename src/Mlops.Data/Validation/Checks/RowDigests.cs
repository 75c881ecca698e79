using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// One number per row that stands for its values in some columns: the first 128 bits of a SHA-256, so that
/// nobody can make two rows meet on purpose.
/// </summary>
static class RowDigests
{
    /// <summary>Stands for a row that has no digest.</summary>
    public static readonly UInt128 None = UInt128.Zero;

    const byte MissingTag = 0;
    const byte WholeTag = 1;
    const byte RealTag = 2;
    const byte TextTag = 3;

    /// <param name="onlyComplete">Rows with a missing cell get <see cref="None"/>.</param>
    public static UInt128[] Of(Table table, bool onlyComplete)
    {
        var columns = Enumerable.Range(0, table.Schema.Columns.Count).Select(i => table[i]).ToArray();
        var levels = Array.ConvertAll(columns, column => column is TextValues text
            ? text.Levels.Select(Encoding.UTF8.GetBytes).ToArray()
            : []);
        var digests = new UInt128[table.RowCount];
        var row = new MemoryStream();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < digests.Length; i++)
        {
            row.SetLength(0);
            var complete = true;
            for (var c = 0; c < columns.Length; c++)
            {
                complete &= !columns[c].IsMissing(i);
                Append(row, columns[c], levels[c], i);
            }
            if (onlyComplete && !complete)
                continue;
            SHA256.HashData(row.GetBuffer().AsSpan(0, (int)row.Length), digest);
            digests[i] = BinaryPrimitives.ReadUInt128LittleEndian(digest);
        }
        return digests;
    }

    public static async Task Write(Stream stream, UInt128[] digests, CancellationToken cancellation)
    {
        var bytes = new byte[16 * digests.Length];
        for (var i = 0; i < digests.Length; i++)
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(16 * i), digests[i]);
        await stream.WriteAsync(bytes, cancellation);
    }

    public static UInt128[] Read(ReadOnlySpan<byte> bytes)
    {
        var digests = new UInt128[bytes.Length / 16];
        for (var i = 0; i < digests.Length; i++)
            digests[i] = BinaryPrimitives.ReadUInt128LittleEndian(bytes[(16 * i)..]);
        return digests;
    }

    /// <summary>
    /// A tag, then the value at a length that the tag or a prefix says: no two rows write the same.
    /// </summary>
    static void Append(MemoryStream row, ColumnValues values, byte[][] levels, int index)
    {
        if (values.IsMissing(index))
        {
            row.WriteByte(MissingTag);
            return;
        }
        switch (values)
        {
            case TextValues text:
                var level = levels[text.Codes[index]];
                row.WriteByte(TextTag);
                AppendLong(row, level.Length);
                row.Write(level);
                break;
            case WholeValues whole:
                row.WriteByte(WholeTag);
                AppendLong(row, whole.Values[index]);
                break;
            default:
                row.WriteByte(RealTag);
                // Adding zero makes -0 and 0 one value.
                AppendLong(row, BitConverter.DoubleToInt64Bits(values.Number(index) + 0.0));
                break;
        }
    }

    static void AppendLong(MemoryStream row, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        row.Write(bytes);
    }
}
