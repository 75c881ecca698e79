using System.Runtime.InteropServices;

namespace Mlops.Data.Tables;

/// <summary>
/// Finds the code of a text: open addressing over a folded 128-bit product (as in wyhash), several times
/// faster than a dictionary of strings. It starts from a random number, so that nobody can choose texts
/// that collide; where a text stands in the index shows nowhere else.
/// </summary>
sealed class LevelIndex
{
    readonly List<string> levels = [];
    readonly ulong seed = (ulong)Random.Shared.NextInt64() | 1;
    ulong[] fingerprints = new ulong[64];
    int[] codes = new int[64];

    public IReadOnlyList<string> Levels => levels;

    /// <summary>The code of a level, which is added where it is not yet known.</summary>
    public int CodeOf(ReadOnlySpan<char> text)
    {
        var bits = Fingerprint(text);
        var at = (int)bits & codes.Length - 1;
        while (fingerprints[at] != 0)
        {
            if (fingerprints[at] == bits && text.SequenceEqual(levels[codes[at]]))
                return codes[at];
            at = at + 1 & codes.Length - 1;
        }
        fingerprints[at] = bits;
        codes[at] = levels.Count;
        levels.Add(text.ToString());
        if (levels.Count > codes.Length / 2)
            Grow();
        return levels.Count - 1;
    }

    void Grow()
    {
        var (oldFingerprints, oldCodes) = (fingerprints, codes);
        fingerprints = new ulong[2 * oldCodes.Length];
        codes = new int[fingerprints.Length];
        for (var i = 0; i < oldCodes.Length; i++)
        {
            if (oldFingerprints[i] == 0)
                continue;
            var at = (int)oldFingerprints[i] & codes.Length - 1;
            while (fingerprints[at] != 0)
                at = at + 1 & codes.Length - 1;
            (fingerprints[at], codes[at]) = (oldFingerprints[i], oldCodes[i]);
        }
    }

    /// <summary>Never 0, which marks a free place.</summary>
    ulong Fingerprint(ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        var bits = seed ^ (ulong)text.Length * 0x9E3779B97F4A7C15;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            bits = Fold(bits ^ MemoryMarshal.Read<ulong>(bytes), seed);
        var last = 0UL;
        foreach (var value in bytes)
            last = last << 8 | value;
        return Fold(bits ^ last, 0xD6E8FEB86659FD93) | 1UL << 63;
    }

    static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
