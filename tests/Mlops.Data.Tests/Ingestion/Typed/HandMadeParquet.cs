using System.Buffers.Binary;
using System.Text;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// A Parquet file of one optional column <c>t</c> as DuckDB writes none: of INT96, as Spark and Impala write
/// times, where each value is the nanoseconds of its day, then the Julian day; or annotated against the
/// format.
/// </summary>
static class HandMadeParquet
{
    const int Int32 = 5, Int64 = 6, Binary = 8, List = 9, Structure = 12;
    const int Int96 = 3;
    const int BytesOfInt96 = 12;
    const int Plain = 0, Rle = 3, Dictionary = 8;

    /// <param name="hasDictionary">Whether the values stand in a page of their own, as those of Spark.</param>
    public static byte[] Of((long Nanoseconds, int Day)?[] rows, bool hasDictionary) =>
        Of([.. rows.Select(row => row is { } value ? Value(value) : null)], Int96, null, hasDictionary);

    /// <param name="rows">Bytes as the physical type has them; null for no value.</param>
    /// <param name="type">The physical type, by its number in the format.</param>
    /// <param name="annotation">The converted type, by its number in the format; null for none.</param>
    /// <param name="scale">Of a decimal of 18 digits; null for another type.</param>
    public static byte[] Of(
        byte[]?[] rows, int type, int? annotation, bool hasDictionary = false, int? scale = null)
    {
        var values = rows.OfType<byte[]>().ToList();
        byte[] levels = [.. Bits([.. rows.Select(row => row is null ? 0 : 1)], 1)];
        levels = [.. BitConverter.GetBytes(levels.Length), .. levels];
        byte[] plain = [.. values.SelectMany(value => value)];
        byte[] indices = [8, .. Bits([.. Enumerable.Range(0, values.Count)], 8)];
        byte[] first = hasDictionary ? Page(2, 7, values.Count, [Plain], plain) : [];
        byte[] second = Page(
            0, 5, rows.Length, [hasDictionary ? Dictionary : Plain, Rle, Rle],
            [.. levels, .. hasDictionary ? indices : plain]);
        var start = "PAR1"u8.Length;
        byte[] pages = [.. first, .. second];
        byte[] chunk = Struct(
            (1, Int32, Number(type)), (2, List, Items(Int32, Number(Plain), Number(Rle))),
            (3, List, Items(Binary, Text("t"))), (4, Int32, Number(0)), (5, Int64, Number(rows.Length)),
            (6, Int64, Number(pages.Length)), (7, Int64, Number(pages.Length)),
            (9, Int64, Number(start + first.Length)), (11, Int64, Number(hasDictionary ? start : 0)));
        byte[] group = Struct(
            (1, List, Items(Structure, Struct((2, Int64, Number(start)), (3, Structure, chunk)))),
            (2, Int64, Number(pages.Length)), (3, Int64, Number(rows.Length)));
        byte[] footer = Struct(
            (1, Int32, Number(1)),
            (2, List, Items(
                Structure, Struct((4, Binary, Text("schema")), (5, Int32, Number(1))),
                Struct(
                [
                    (1, Int32, Number(type)), (3, Int32, Number(1)), (4, Binary, Text("t")),
                    .. annotation is { } kind
                        ? [(6, Int32, Number(kind))] : Array.Empty<(int, int, byte[])>(),
                    .. scale is { } digits
                        ? [(7, Int32, Number(digits)), (8, Int32, Number(18))]
                        : Array.Empty<(int, int, byte[])>(),
                ]))),
            (3, Int64, Number(rows.Length)), (4, List, Items(Structure, group)));
        return
        [
            .. "PAR1"u8, .. pages, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8,
        ];
    }

    static byte[] Value((long Nanoseconds, int Day) value)
    {
        var bytes = new byte[BytesOfInt96];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), value.Day);
        return bytes;
    }

    static byte[] Page(int kind, int field, int values, int[] encodings, byte[] content) =>
    [
        .. Struct(
            (1, Int32, Number(kind)), (2, Int32, Number(content.Length)), (3, Int32, Number(content.Length)),
            (field, Structure, Struct(
            [
                (1, Int32, Number(values)),
                .. encodings.Select((encoding, i) => (i + 2, Int32, Number(encoding))),
            ]))),
        .. content,
    ];

    /// <summary>One run of bit-packed numbers, eight at a time.</summary>
    static byte[] Bits(int[] numbers, int width)
    {
        var groups = (numbers.Length + 7) / 8;
        var bytes = new byte[groups * width];
        for (var i = 0; i < numbers.Length * width; i++)
            bytes[i / 8] |= (byte)((numbers[i / width] >> (i % width) & 1) << (i % 8));
        return [.. Varint((ulong)groups << 1 | 1), .. bytes];
    }

    static byte[] Struct(params (int Id, int Type, byte[] Value)[] fields)
    {
        var bytes = new List<byte>();
        var before = 0;
        foreach (var (id, type, value) in fields)
        {
            bytes.Add((byte)((id - before) << 4 | type));
            bytes.AddRange(value);
            before = id;
        }
        return [.. bytes, 0];
    }

    static byte[] Items(int type, params byte[][] items) =>
        [(byte)(items.Length << 4 | type), .. items.SelectMany(item => item)];

    static byte[] Text(string text) => [.. Varint((ulong)text.Length), .. Encoding.UTF8.GetBytes(text)];

    static byte[] Number(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)(value | 128));
        return [.. bytes, (byte)value];
    }
}
