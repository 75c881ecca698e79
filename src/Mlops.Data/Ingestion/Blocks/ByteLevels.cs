using System.Buffers.Binary;

namespace Mlops.Data.Ingestion;

/// <summary>Codes of texts by their bytes. Which code a text has, whoever adds it says.</summary>
sealed class ByteLevels
{
    const int FirstSlots = 1 << 8;

    /// <summary>
    /// Another in each process, so that nobody can make texts that fall into one slot; no output shows it.
    /// </summary>
    static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    Slot[] slots = new Slot[FirstSlots];
    byte[] texts = new byte[1 << 12];
    int textBytes;
    int count;

    /// <param name="Length">Of the text, and one more, so that an empty slot has 0.</param>
    readonly record struct Slot(ulong Mark, int Start, int Length, int Code);

    public void Clear()
    {
        Array.Clear(slots);
        (textBytes, count) = (0, 0);
    }

    /// <param name="slot">Where the text is, or is to be added.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out int code, out (ulong Mark, int At) slot)
    {
        var mark = MarkOf(text);
        var mask = slots.Length - 1;
        for (var at = (int)mark & mask; ; at = (at + 1) & mask)
        {
            ref readonly var candidate = ref slots[at];
            if (candidate.Length == 0)
            {
                (code, slot) = (0, (mark, at));
                return false;
            }
            if (candidate.Mark != mark || candidate.Length != text.Length + 1
                || !texts.AsSpan(candidate.Start, text.Length).SequenceEqual(text))
                continue;
            (code, slot) = (candidate.Code, (mark, at));
            return true;
        }
    }

    /// <summary>Adds what <see cref="TryFind"/> did not find.</summary>
    public void Add(ReadOnlySpan<byte> text, int code, (ulong Mark, int At) slot)
    {
        if (texts.Length < textBytes + text.Length)
            Array.Resize(ref texts, Math.Max(texts.Length * 2, textBytes + text.Length));
        text.CopyTo(texts.AsSpan(textBytes));
        slots[slot.At] = new Slot(slot.Mark, textBytes, text.Length + 1, code);
        textBytes += text.Length;
        if (++count * 2 > slots.Length)
            Grow();
    }

    void Grow()
    {
        var old = slots;
        slots = new Slot[old.Length * 2];
        var mask = slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Length == 0)
                continue;
            var at = (int)slot.Mark & mask;
            while (slots[at].Length != 0)
                at = (at + 1) & mask;
            slots[at] = slot;
        }
    }

    static ulong MarkOf(ReadOnlySpan<byte> text)
    {
        var mark = Seed ^ ((ulong)text.Length * 0x9e3779b97f4a7c15);
        while (text.Length > 8)
        {
            mark = Mixed(mark ^ BinaryPrimitives.ReadUInt64LittleEndian(text), 0xa0761d6478bd642f);
            text = text[8..];
        }
        return Mixed(mark ^ Last(text), 0xe7037ed1a0b428db);
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
