namespace Mlops.Data.Tables;

/// <summary>What a page of a column says of itself, before its bytes.</summary>
/// <param name="HeaderBytes">Of what was read here.</param>
/// <param name="Unpacked">How many bytes it claims to be, unpacked.</param>
/// <param name="Packed">How many follow.</param>
/// <param name="Values">How many values it claims to have, or entries of a dictionary.</param>
/// <param name="LevelBytes">How many of the bytes come first and are never packed.</param>
readonly record struct ParquetPage(
    int HeaderBytes, long Kind, long Unpacked, long Packed, long Values, long LevelBytes, bool IsPacked)
{
    public const string Header = "page header";

    const long DictionaryKind = 2;

    public bool IsDictionary => Kind == DictionaryKind;

    /// <exception cref="EndOfStreamException">The bytes end before it does.</exception>
    /// <exception cref="InvalidDataException">It is no page header.</exception>
    public static ParquetPage Read(ReadOnlySpan<byte> bytes)
    {
        var thrift = new CompactThrift(bytes, Header);
        var page = new ParquetPage { IsPacked = true, Kind = -1, Unpacked = -1, Packed = -1, Values = -1 };
        for (var id = 0L; thrift.Next(ref id, out var type);)
            if (IsNumber(type) && id is >= 1 and <= 3)
            {
                var number = thrift.Number();
                page = id == 1 ? page with { Kind = number }
                    : id == 2 ? page with { Unpacked = number } : page with { Packed = number };
            }
            else if (type == Structure && id is 5 or 7 or 8)
                page = OfKind(ref thrift, page, ofSecondVersion: id == 8);
            else
                thrift.Skip(type);
        return page with { HeaderBytes = thrift.At };
    }

    const int Structure = 12;

    static bool IsNumber(int type) => type is 4 or 5 or 6;

    static ParquetPage OfKind(ref CompactThrift thrift, ParquetPage page, bool ofSecondVersion)
    {
        for (var id = 0L; thrift.Next(ref id, out var type);)
            if (IsNumber(type) && (id == 1 || (ofSecondVersion && id is 5 or 6)))
            {
                var number = thrift.Number();
                page = id == 1 ? page with { Values = number }
                    : page with { LevelBytes = page.LevelBytes + number };
            }
            else if (ofSecondVersion && id == 7 && CompactThrift.FlagOf(type) is { } isPacked)
                page = page with { IsPacked = isPacked };
            else
                thrift.Skip(type);
        return page;
    }
}
