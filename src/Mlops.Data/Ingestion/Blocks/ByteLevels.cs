using System.Buffers;
using System.Buffers.Binary;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Codes of texts by their bytes. Which code a text has, whoever adds it says.</summary>
sealed class ByteLevels : IDisposable
{
    const int FirstBits = 8;

    /// <summary>
    /// Another in each process, so that nobody can make texts that fall into one slot; no output shows it.
    /// </summary>
    static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    readonly PooledList<Entry> entries = new();
    readonly PooledList<byte> texts = new();

    /// <summary>
    /// The mark of a text in the upper half, in the lower which of the entries it is, from 1; 0 is free.
    /// Small, so that as many as can be are at hand.
    /// </summary>
    ulong[] slots = Cleared(FirstBits);
    int bits = FirstBits;

    readonly record struct Entry(int Start, int Length, int Code);

    public void Clear()
    {
        slots.AsSpan(0, 1 << bits).Clear();
        entries.Truncate(0);
        texts.Truncate(0);
    }

    /// <param name="slot">Where the text is, or is to be added.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out int code, out (uint Mark, int At) slot)
    {
        var mark = MarkOf(text);
        var mask = (1 << bits) - 1;
        var at = (int)(mark >> (32 - bits));
        ulong candidate;
        for (; (candidate = slots[at]) != 0; at = (at + 1) & mask)
        {
            if ((uint)(candidate >> 32) != mark)
                continue;
            ref readonly var entry = ref entries.Items[(int)(uint)candidate - 1];
            if (entry.Length != text.Length
                || !texts.Items.AsSpan(entry.Start, text.Length).SequenceEqual(text))
                continue;
            (code, slot) = (entry.Code, (mark, at));
            return true;
        }
        (code, slot) = (0, (mark, at));
        return false;
    }

    /// <summary>Adds what <see cref="TryFind"/> did not find.</summary>
    public void Add(ReadOnlySpan<byte> text, int code, (uint Mark, int At) slot)
    {
        entries.Add(new Entry(texts.Count, text.Length, code));
        text.CopyTo(texts.Extend(text.Length));
        slots[slot.At] = ((ulong)slot.Mark << 32) | (uint)entries.Count;
        if (entries.Count * 2 > 1 << bits)
            Grow();
    }

    public void Dispose()
    {
        entries.Dispose();
        texts.Dispose();
        ArrayPool<ulong>.Shared.Return(slots);
        slots = [];
    }

    void Grow()
    {
        var old = slots.AsSpan(0, 1 << bits);
        var (larger, mask) = (Cleared(++bits), (1 << bits) - 1);
        foreach (var slot in old)
        {
            if (slot == 0)
                continue;
            var at = (int)(slot >> 32 >> (32 - bits));
            while (larger[at] != 0)
                at = (at + 1) & mask;
            larger[at] = slot;
        }
        ArrayPool<ulong>.Shared.Return(slots);
        slots = larger;
    }

    static ulong[] Cleared(int bits)
    {
        var slots = ArrayPool<ulong>.Shared.Rent(1 << bits);
        slots.AsSpan(0, 1 << bits).Clear();
        return slots;
    }

    static uint MarkOf(ReadOnlySpan<byte> text)
    {
        var mark = Seed ^ ((ulong)text.Length * 0x9e3779b97f4a7c15);
        while (text.Length > 8)
        {
            mark = Mixed(mark ^ BinaryPrimitives.ReadUInt64LittleEndian(text), 0xa0761d6478bd642f);
            text = text[8..];
        }
        return (uint)(Mixed(mark ^ Last(text), 0xe7037ed1a0b428db) >> 32);
    }

    /// <summary>At most eight bytes as a number.</summary>
    static ulong Last(ReadOnlySpan<byte> text) => text.Length switch
    {
        8 => BinaryPrimitives.ReadUInt64LittleEndian(text),
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(text)
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]) << 32),
        > 0 => text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16),
        _ => 0,
    };

    static ulong Mixed(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
