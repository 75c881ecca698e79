using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Writes <see cref="CanonicalJson"/>. Every key and every output of a run is written so: each token is read
/// once, what can be is copied from bytes to bytes, and an object is put in order where it stands.
/// </summary>
/// <param name="expected">How long it is likely to become, in bytes.</param>
sealed class CanonicalWriter(int expected) : IComparer<CanonicalWriter.Field>
{
    /// <summary>Of all objects that are open, the outermost first.</summary>
    readonly List<Field> fields = [];

    byte[] bytes = new byte[expected];
    int length;

    /// <param name="reader">At the value's first token.</param>
    public byte[] Write(ref Utf8JsonReader reader)
    {
        WriteValue(ref reader);
        return length == bytes.Length ? bytes : bytes.AsSpan(0, length).ToArray();
    }

    /// <param name="reader">At the value's first token; then at its last.</param>
    void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteText(ref reader);
                break;
            default:
                Add(reader.ValueSpan);
                break;
        }
    }

    void WriteArray(ref Utf8JsonReader reader)
    {
        Add("["u8);
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
                Add(","u8);
            WriteValue(ref reader);
        }
        Add("]"u8);
    }

    void WriteObject(ref Utf8JsonReader reader)
    {
        Add("{"u8);
        var (start, first, isSorted) = (length, fields.Count, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var before = length;
            if (fields.Count > first)
                Add(","u8);
            if (WriteField(ref reader) is not { } field)
            {
                length = before;
                continue;
            }
            isSorted = isSorted && (fields.Count == first || Compare(fields[^1], field) <= 0);
            fields.Add(field);
        }
        if (!isSorted)
            Sort(start, first);
        fields.RemoveRange(first, fields.Count - first);
        Add("}"u8);
    }

    /// <returns>Null where its value is null: then what was written has to be taken back.</returns>
    Field? WriteField(ref Utf8JsonReader reader)
    {
        var from = length;
        var odd = WriteText(ref reader);
        var name = (from + 1)..(length - 1);
        Add(":"u8);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        WriteValue(ref reader);
        return new Field(name, odd, from..length);
    }

    /// <param name="start">Where the first of them stands.</param>
    /// <param name="first">The index of the first of them.</param>
    void Sort(int start, int first)
    {
        fields.Sort(first, fields.Count - first, this);
        var unsorted = bytes.AsSpan(start, length - start).ToArray();
        length = start;
        for (var i = first; i < fields.Count; i++)
        {
            if (i > first)
                Add(","u8);
            Add(unsorted.AsSpan(fields[i].All.Start.Value - start, fields[i].Length));
        }
    }

    /// <remarks>The order of UTF-16, which for ASCII is that of the bytes.</remarks>
    public int Compare(Field? left, Field? right) =>
        left!.Odd is null && right!.Odd is null
            ? bytes.AsSpan(left.Name).SequenceCompareTo(bytes.AsSpan(right.Name))
            : string.CompareOrdinal(NameOf(left), NameOf(right!));

    string NameOf(Field field) => field.Odd ?? Encoding.ASCII.GetString(bytes.AsSpan(field.Name));

    /// <returns>The text where it could not be copied; null else.</returns>
    string? WriteText(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        var odd = reader.ValueIsEscaped || text.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? reader.GetString()!
            : null;
        Add("\""u8);
        Add(odd is null ? text : JsonEncodedText.Encode(odd, CanonicalJson.Escapes).EncodedUtf8Bytes);
        Add("\""u8);
        return odd;
    }

    void Add(ReadOnlySpan<byte> piece)
    {
        if (bytes.Length - length < piece.Length)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, length + piece.Length));
        piece.CopyTo(bytes.AsSpan(length));
        length += piece.Length;
    }

    /// <param name="Name">Where it stands, without its quotes.</param>
    /// <param name="Odd">The name where it is not plain ASCII without escapes; null else.</param>
    /// <param name="All">Where the name and the value stand.</param>
    internal sealed record Field(Range Name, string? Odd, Range All)
    {
        public int Length => All.End.Value - All.Start.Value;
    }
}
