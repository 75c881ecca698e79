namespace Mlops.Data.Validation.Profiling;

/// <summary>How long the values of a text column are, in Unicode code points.</summary>
public sealed record TextLengths(int Min, int Max, long Total)
{
    public TextLengths Merge(TextLengths other) =>
        new(Math.Min(Min, other.Min), Math.Max(Max, other.Max), Total + other.Total);

    /// <summary>Code points; half of a pair that stands alone is one.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text.Length;
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                length--;
        return length;
    }
}
