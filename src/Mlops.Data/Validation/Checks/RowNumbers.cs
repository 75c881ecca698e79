using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Ascending row numbers at rest: the distance from the one before, mostly one byte each.</summary>
public static class RowNumbers
{
    public static async Task<Artifact?> Write(StageContext context, IReadOnlyList<long> rows) =>
        rows.Count == 0
            ? null
            : await context.Write(MediaTypes.Bytes, stream =>
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                var before = -1L;
                foreach (var row in rows)
                {
                    writer.Write7BitEncodedInt64(row - before);
                    before = row;
                }
                return Task.CompletedTask;
            });

    public static IReadOnlyList<long> Read(StageContext context, Artifact? artifact)
    {
        if (artifact is null)
            return [];
        using var reader = new BinaryReader(
            new MemoryStream(File.ReadAllBytes(context.Locate(artifact)), writable: false));
        var rows = new List<long>();
        var row = -1L;
        while (reader.BaseStream.Position < reader.BaseStream.Length)
            rows.Add(row += reader.Read7BitEncodedInt64());
        return rows;
    }
}
