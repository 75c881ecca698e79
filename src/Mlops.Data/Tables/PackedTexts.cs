using System.Collections;

namespace Mlops.Data.Tables;

/// <summary>
/// Texts one behind the other in one piece of memory; a string is made of one only where it is asked for.
/// </summary>
/// <param name="ends">Where each ends.</param>
sealed class PackedTexts(ReadOnlyMemory<char> chars, ReadOnlyMemory<int> ends) : IReadOnlyList<string>
{
    public int Count => ends.Length;

    public string this[int index] => Memory(index).ToString();

    public ReadOnlyMemory<char> Memory(int index)
    {
        var upTo = ends.Span;
        var start = index == 0 ? 0 : upTo[index - 1];
        return chars[start..upTo[index]];
    }

    /// <summary>All of them together.</summary>
    public ReadOnlySpan<char> Chars => chars.Span[..(Count == 0 ? 0 : ends.Span[^1])];

    /// <summary>How many characters the longest has.</summary>
    public int Longest()
    {
        var (longest, start) = (0, 0);
        foreach (var end in ends.Span)
            (longest, start) = (Math.Max(longest, end - start), end);
        return longest;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
