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

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
