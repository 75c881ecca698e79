using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What is in a raw file, for whoever looks at it before it is ingested.</summary>
public static class RawContent
{
    /// <summary>The bytes from the first on, unpacked where they are packed.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or expand to more than is honest.</exception>
    public static async Task<T> Read<T>(string path, Func<Stream, Task<T>> read, CancellationToken ct)
    {
        var file = DiskStream.OpenRead(path);
        try
        {
            await using var unpacked = await Unpacked.Open(file, file.Length, ct);
            return await read(unpacked.Bytes.AsStream());
        }
        catch (SourceFaultException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
