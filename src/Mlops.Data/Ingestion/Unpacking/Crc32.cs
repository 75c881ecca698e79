using System.Buffers.Binary;

namespace Mlops.Data.Ingestion;

/// <summary>
/// The check value of gzip (RFC 1952, CRC-32 with polynomial 0xEDB88320), eight bytes at a time
/// (Kounavis and Berry 2005, slicing-by-8).
/// </summary>
sealed class Crc32
{
    const uint Polynomial = 0xEDB88320;
    const int Slices = 8;
    const int TableLength = 256;

    static readonly uint[] Tables = MakeTables();

    uint state = uint.MaxValue;

    /// <summary>Of all the bytes so far.</summary>
    public uint Value => ~state;

    /// <summary>How many they are.</summary>
    public long Count { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => (state, Count) = (uint.MaxValue, 0);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        var crc = state;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = At(7, low) ^ At(6, low >> 8) ^ At(5, low >> 16) ^ At(4, low >> 24)
                ^ At(3, high) ^ At(2, high >> 8) ^ At(1, high >> 16) ^ At(0, high >> 24);
        }
        foreach (var b in bytes)
            crc = At(0, crc ^ b) ^ (crc >> 8);
        state = crc;
    }

    static uint At(int slice, uint index) => Tables[slice * TableLength + (byte)index];

    static uint[] MakeTables()
    {
        var tables = new uint[Slices * TableLength];
        for (var i = 0u; i < TableLength; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            tables[i] = crc;
        }
        for (var i = TableLength; i < tables.Length; i++)
            tables[i] = (tables[i - TableLength] >> 8) ^ tables[(byte)tables[i - TableLength]];
        return tables;
    }
}
