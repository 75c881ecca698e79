using System.Numerics;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Some of the types that a column may have, to be compared for thousands of files.</summary>
readonly record struct TypeSet(int Bits)
{
    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount((uint)Bits);

    public static TypeSet Of(IReadOnlyList<ColumnType> types)
    {
        var bits = 0;
        for (var i = 0; i < types.Count; i++)
            bits |= 1 << (int)types[i];
        return new TypeSet(bits);
    }

    public bool Has(ColumnType type) => (Bits >> (int)type & 1) != 0;

    public TypeSet And(TypeSet other) => new(Bits & other.Bits);

    public TypeSet Without(TypeSet other) => new(Bits & ~other.Bits);

    /// <summary>
    /// In the order of the enumeration the narrower type comes first, but for text, which is what a cell is
    /// that reads as none of them.
    /// </summary>
    public ColumnType Narrowest =>
        IsEmpty ? ColumnType.Text : (ColumnType)BitOperations.TrailingZeroCount(Bits);
}
