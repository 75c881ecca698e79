using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// A profile as bytes, <c>mlops-profile/1</c>: counts and ascending keys as differences, both in seven bits a
/// byte, doubles in eight bytes. Equal profiles give equal bytes.
/// </summary>
public static class ProfileFile
{
    const string Format = "mlops-profile/1";

    public static byte[] Write(PartProfile profile)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        writer.Write7BitEncodedInt64(profile.Rows);
        writer.Write7BitEncodedInt(profile.Columns.Count);
        foreach (var column in profile.Columns)
            Write(writer, column);
        writer.Write7BitEncodedInt(profile.Correlations.Columns.Count);
        foreach (var column in profile.Correlations.Columns)
            writer.Write7BitEncodedInt(column);
        foreach (var pair in profile.Correlations.Pairs)
            Write(writer, pair);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no profile of this version.</exception>
    public static PartProfile Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadString() != Format)
            throw new InvalidDataException($"The profile is not of the format {Format}.");
        var rows = reader.Read7BitEncodedInt64();
        var columns = new ColumnSketch[reader.Read7BitEncodedInt()];
        var limits = SketchLimits.Of(columns.Length);
        for (var i = 0; i < columns.Length; i++)
            columns[i] = ReadColumn(reader, limits);
        var correlated = new int[reader.Read7BitEncodedInt()];
        for (var i = 0; i < correlated.Length; i++)
            correlated[i] = reader.Read7BitEncodedInt();
        var pairs = new CoMoment[correlated.Length * (correlated.Length - 1) / 2];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = new CoMoment(
                reader.Read7BitEncodedInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble(), reader.ReadDouble());
        return new PartProfile(rows, columns, new CorrelationSketch(correlated, pairs));
    }

    static void Write(BinaryWriter writer, CoMoment pair)
    {
        writer.Write7BitEncodedInt64(pair.Count);
        writer.Write(pair.FirstMean);
        writer.Write(pair.SecondMean);
        writer.Write(pair.FirstSquares);
        writer.Write(pair.SecondSquares);
        writer.Write(pair.Products);
    }

    static void Write(BinaryWriter writer, ColumnSketch column)
    {
        writer.Write(column.Name);
        writer.Write(DeclaredType.Word(column.Type));
        writer.Write7BitEncodedInt(column.Scale ?? -1);
        writer.Write7BitEncodedInt64(column.Count);
        writer.Write7BitEncodedInt64(column.Missing);
        if (Present(writer, column.Min is not null))
        {
            writer.Write(column.Min!.Value);
            writer.Write(column.Max!.Value);
        }
        if (Present(writer, column.Moments is not null))
        {
            writer.Write7BitEncodedInt64(column.Moments!.Value.Count);
            writer.Write(column.Moments.Value.Mean);
            writer.Write(column.Moments.Value.SquaredDeviations);
        }
        writer.Write7BitEncodedInt64(column.Zeros);
        if (Present(writer, column.Lengths is not null))
        {
            writer.Write7BitEncodedInt(column.Lengths!.Min);
            writer.Write7BitEncodedInt(column.Lengths.Max);
            writer.Write7BitEncodedInt64(column.Lengths.Total);
        }
        if (Present(writer, column.Numbers is not null))
            WriteKeys(writer, column.Numbers!);
        else
            WriteLevels(writer, column.Levels!);
        if (Present(writer, column.Overflow is not null))
            Write(writer, column.Overflow!);
    }

    static void Write(BinaryWriter writer, SketchOverflow overflow)
    {
        writer.Write(overflow.Distinct.Registers);
        if (!Present(writer, overflow.Quantiles is not null))
            return;
        writer.Write7BitEncodedInt(overflow.Quantiles!.DroppedBits);
        WriteKeys(writer, overflow.Quantiles.Buckets);
    }

    static void WriteKeys(BinaryWriter writer, CountedValues<long> counted)
    {
        writer.Write7BitEncodedInt(counted.Values.Count);
        var before = 0L;
        for (var i = 0; i < counted.Values.Count; i++)
        {
            writer.Write7BitEncodedInt64(counted.Values[i] - before);
            writer.Write7BitEncodedInt64(counted.Counts[i]);
            before = counted.Values[i];
        }
    }

    static void WriteLevels(BinaryWriter writer, CountedValues<string> counted)
    {
        writer.Write7BitEncodedInt(counted.Values.Count);
        for (var i = 0; i < counted.Values.Count; i++)
        {
            writer.Write(counted.Values[i]);
            writer.Write7BitEncodedInt64(counted.Counts[i]);
        }
    }

    static ColumnSketch ReadColumn(BinaryReader reader, SketchLimits limits)
    {
        var (name, type) = (reader.ReadString(), DeclaredType.ParseKind(reader.ReadString())!.Value);
        int? scale = reader.Read7BitEncodedInt() is var digits and >= 0 ? digits : null;
        var (count, missing) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        (double Min, double Max)? range =
            reader.ReadBoolean() ? (reader.ReadDouble(), reader.ReadDouble()) : null;
        Moments? moments = reader.ReadBoolean()
            ? new Moments(reader.Read7BitEncodedInt64(), reader.ReadDouble(), reader.ReadDouble()) : null;
        var zeros = reader.Read7BitEncodedInt64();
        var lengths = reader.ReadBoolean()
            ? new TextLengths(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt64())
            : null;
        var numbers = reader.ReadBoolean() ? ReadKeys(reader) : null;
        var levels = numbers is null ? ReadLevels(reader) : null;
        var overflow = reader.ReadBoolean() ? ReadOverflow(reader, limits) : null;
        return new ColumnSketch(
            name, type, count, missing, range?.Min, range?.Max, moments, numbers, levels, overflow,
            scale, lengths, zeros);
    }

    static SketchOverflow ReadOverflow(BinaryReader reader, SketchLimits limits) => new(
        new DistinctSketch(reader.ReadBytes(limits.Registers)),
        reader.ReadBoolean() ? new QuantileSketch(reader.Read7BitEncodedInt(), ReadKeys(reader)) : null);

    static CountedValues<long> ReadKeys(BinaryReader reader)
    {
        var values = new long[reader.Read7BitEncodedInt()];
        var counts = new long[values.Length];
        var before = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = before += reader.Read7BitEncodedInt64();
            counts[i] = reader.Read7BitEncodedInt64();
        }
        return new CountedValues<long>(values, counts);
    }

    static CountedValues<string> ReadLevels(BinaryReader reader)
    {
        var values = new string[reader.Read7BitEncodedInt()];
        var counts = new long[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadString();
            counts[i] = reader.Read7BitEncodedInt64();
        }
        return new CountedValues<string>(values, counts);
    }

    static bool Present(BinaryWriter writer, bool isPresent)
    {
        writer.Write(isPresent);
        return isPresent;
    }
}
