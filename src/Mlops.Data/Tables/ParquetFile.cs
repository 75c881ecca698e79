using System.Globalization;
using Mlops.Engine;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// A Parquet file that anybody may have written, read row group by row group. All flat columns of known
/// types can be read; asking for another one names it.
/// </summary>
public sealed class ParquetFile : IAsyncDisposable
{
    /// <summary>
    /// More rows than this in one row group are refused: a few bytes can claim any number, and a group
    /// must fit in memory.
    /// </summary>
    public const int MaxRowGroupRows = 16 << 20;

    /// <summary>The footer's key for which columns, from 0, are categories.</summary>
    internal const string CategoriesKey = "mlops.categories";

    readonly ParquetReader reader;
    readonly Stream stream;
    readonly string name;
    readonly List<Field> unsupported = [];
    readonly Dictionary<string, (DataField Field, StoredWhole? Stored)> fieldOf = new(StringComparer.Ordinal);

    ParquetFile(ParquetReader reader, Stream stream, string name)
    {
        this.reader = reader;
        this.stream = stream;
        this.name = name;
        var categories = reader.CustomMetadata.GetValueOrDefault(CategoriesKey, "").Split(' ');
        var elements = ParquetTypes.Elements(reader.Metadata!.Schema).ToList();
        var columns = new List<Column>();
        foreach (var (index, field) in reader.Schema.Fields.Index())
        {
            var element = elements[index];
            if (field is DataField data && ParquetTypes.ColumnOf(data, element) is { } column)
            {
                fieldOf[data.Name] = (data, StoredWhole.Of(element, column));
                columns.Add(column.Type == ColumnType.Text
                    && categories.Contains(index.ToString(CultureInfo.InvariantCulture))
                    ? column with { Type = ColumnType.Category }
                    : column);
            }
            else
                unsupported.Add(field);
        }
        Schema = new TableSchema(columns);
    }

    /// <summary>The columns that can be read, in file order.</summary>
    public TableSchema Schema { get; }

    /// <summary>What is wrong with each of the others: nested, or of a type that no table holds.</summary>
    public IReadOnlyList<Problem> Unsupported =>
        [.. unsupported.Select(each => ParquetTypes.Unsupported(each, name))];

    public int RowGroupCount => reader.RowGroupCount;

    public long RowCount => reader.Metadata!.NumRows;

    /// <summary>How many rows a row group claims to have.</summary>
    public long RowsOf(int rowGroup) => reader.Metadata!.RowGroups[rowGroup].NumRows;

    /// <summary>
    /// How many bytes some columns of a row group claim to have, unpacked; the greatest number where they
    /// claim more.
    /// </summary>
    public long BytesOf(int rowGroup, IEnumerable<string> columns)
    {
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        return reader.Metadata!.RowGroups[rowGroup].Columns
            .Where(chunk => chunk.MetaData is { PathInSchema: [var name] } && wanted.Contains(name))
            .Aggregate(0L, (sum, chunk) =>
                sum + Math.Clamp(chunk.MetaData!.TotalUncompressedSize, 0, long.MaxValue - sum));
    }

    /// <summary>
    /// Whether no row has a value in a column, as far as the footer says it: writers may leave that out.
    /// </summary>
    internal bool IsAllMissing(string column) => reader.Metadata!.RowGroups
        .SelectMany(group => group.Columns)
        .Where(chunk => chunk.MetaData is { PathInSchema: [var name] } && name == column)
        .All(chunk => chunk.MetaData!.Statistics?.NullCount == chunk.MetaData.NumValues);

    /// <param name="stream">Seekable; stays open.</param>
    /// <param name="name">How problems call the file.</param>
    /// <exception cref="ProblemException">This is no Parquet (DATA-002).</exception>
    public static async Task<ParquetFile> Open(Stream stream, string name, CancellationToken ct = default)
    {
        try
        {
            await ParquetFooter.Check(stream, ct);
            var reader = await ParquetReader.CreateAsync(
                stream, leaveStreamOpen: true, cancellationToken: ct);
            return new ParquetFile(reader, stream, name);
        }
        catch (Exception e) when (IsFaultOfFile(e))
        {
            throw new ProblemException([new Problem(
                "DATA-002", "This is not a Parquet file, or it is damaged.",
                    new Place(name), Actual: e.Message)],
                    inner: e);
        }
    }

    /// <param name="columns">Which columns to read, in this order; null for all, if all can be read.</param>
    /// <exception cref="ProblemException">
    /// The group is too large or damaged (DATA-005), has a column that a table cannot hold (DATA-003), or
    /// lacks a column (DATA-004).
    /// </exception>
    public async Task<Table> ReadRowGroup(
        int index, IReadOnlyList<string>? columns = null, CancellationToken ct = default)
    {
        var schema = Choose(columns);
        try
        {
            using var group = reader.OpenRowGroupReader(index);
            RefuseLarge(index, group.RowCount);
            await CheckPages(index, schema, ct);
            var values = new ColumnValues[schema.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var (field, stored) = fieldOf[schema.Columns[i].Name];
                values[i] = await ParquetColumnReader.Read(group, field, schema.Columns[i], stored, ct);
            }
            return new Table(schema, values);
        }
        catch (Exception e) when (IsFaultOfFile(e))
        {
            throw new ProblemException([Damaged(index, e.Message)], inner: e);
        }
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    /// <returns>The columns that are asked for; null asks for all.</returns>
    internal TableSchema Choose(IReadOnlyList<string>? columns)
    {
        var problems = columns is null
            ? Unsupported
            : [.. columns.Where(column => Schema.Find(column) is null).Select(Absent)];
        return problems.Count > 0 ? throw new ProblemException(problems)
            : columns is null ? Schema
            : new TableSchema([.. columns.Select(column => Schema.Find(column)!)]);
    }

    Problem Absent(string column) => unsupported.Find(field => field.Name == column) is { } field
        ? ParquetTypes.Unsupported(field, name)
        : new Problem(
            "DATA-004", $"The table has no column '{column}'.", new Place(name, Field: column),
            Next: NearestNames.Suggest(column, Schema.Columns.Select(known => known.Name)));

    async Task CheckPages(int index, TableSchema schema, CancellationToken ct)
    {
        var names = schema.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var chunk in reader.Metadata!.RowGroups[index].Columns)
            if (chunk.MetaData is { PathInSchema: [var column] } metadata && names.Contains(column))
                await ParquetPages.Check(stream, metadata, ct);
    }

    void RefuseLarge(int index, long rows)
    {
        if (rows is < 0 or > MaxRowGroupRows)
            throw new ProblemException(Damaged(index, FormattableString.Invariant($"it claims {rows} rows")));
    }

    Problem Damaged(int index, string why) => new(
        "DATA-005", FormattableString.Invariant($"Row group {index + 1} of the Parquet file cannot be read."),
        new Place(name),
            Expected: FormattableString.Invariant($"a whole row group of at most {MaxRowGroupRows} rows"),
        Actual: why);

    /// <summary>What a library says of bytes that are not what they claim to be.</summary>
    static bool IsFaultOfFile(Exception e) =>
        e is not (OperationCanceledException or ProblemException or UnauthorizedAccessException);
}
