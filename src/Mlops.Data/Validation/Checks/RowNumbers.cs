using System.Text;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Ascending row numbers at rest: the distance from the one before, mostly one byte each. They are written
/// and read one after the other, so that however many there are, none is held in memory.
/// </summary>
public static class RowNumbers
{
    /// <returns>Null where there are none.</returns>
    public static async Task<Artifact?> Write(StageContext context, IEnumerable<long> rows)
    {
        using var numbers = rows.GetEnumerator();
        if (!numbers.MoveNext())
            return null;
        return await context.Write(MediaTypes.Bytes, stream =>
        {
            using var writer = new RowNumberWriter(stream);
            do
                writer.Add(numbers.Current);
            while (numbers.MoveNext());
            return Task.CompletedTask;
        });
    }

    public static IEnumerable<long> Read(StageContext context, Artifact? artifact)
    {
        if (artifact is null)
            yield break;
        using var stream = new BufferedStream(File.OpenRead(context.Locate(artifact)), 1 << 16);
        using var reader = new BinaryReader(stream);
        var row = -1L;
        for (var length = stream.Length; stream.Position < length;)
            yield return row += reader.Read7BitEncodedInt64();
    }
}

/// <summary>Writes ascending row numbers; the stream stays open.</summary>
sealed class RowNumberWriter(Stream stream) : IDisposable
{
    readonly BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
    long before = -1;

    public void Add(long row)
    {
        writer.Write7BitEncodedInt64(row - before);
        before = row;
    }

    public void Dispose() => writer.Dispose();
}
