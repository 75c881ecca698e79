using System.Text;
using DuckDB.NET.Data;
using Microsoft.Data.Analysis;
using Microsoft.Data.Sqlite;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>Files of other kinds than text in a folder of their own, and the readers run over them.</summary>
sealed class TypedFiles : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-typed-").FullName;
    readonly Dictionary<Digest, string> paths = [];
    readonly List<SourceFile> files = [];

    public TypedFiles() => Context = new ScratchContext(
        Directory.CreateDirectory(Path.Combine(directory, "store")).FullName, paths,
        cancellation: TestContext.Current.CancellationToken);

    public ScratchContext Context { get; }

    public string Folder => directory;

    public IReadOnlyList<SourceFile> Files => files;

    public SourceFile Add(string name, byte[] bytes)
    {
        var path = Path.Combine(directory, $"source-{paths.Count}");
        File.WriteAllBytes(path, bytes);
        paths[Digest.Of(bytes)] = path;
        files.Add(new SourceFile(name, Digest.Of(bytes), bytes.Length));
        return files[^1];
    }

    public SourceFile Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public async Task<byte[]> Bytes(SourceFile file)
    {
        await using var stream = Context.OpenSource(file.Digest);
        var bytes = new byte[file.LengthBytes];
        await stream.ReadExactlyAsync(bytes, Context.Cancellation);
        return bytes;
    }

    /// <summary>A SQLite file that the statements make.</summary>
    public SourceFile AddSqlite(string name, string statements)
    {
        var path = Path.Combine(directory, "made.sqlite");
        File.Delete(path);
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = statements;
            command.ExecuteNonQuery();
        }
        return Add(name, File.ReadAllBytes(path));
    }

    /// <summary>A Parquet file that DuckDB writes of a query.</summary>
    public SourceFile AddParquet(string name, string query, string options = "")
    {
        var path = Path.Combine(directory, "made.parquet");
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SET threads = 1; COPY ({query}) TO '{path}' (FORMAT parquet{options})";
            command.ExecuteNonQuery();
        }
        return Add(name, File.ReadAllBytes(path));
    }

    public Task<InferredSource> InferParquet(SourceFile file) =>
        ParquetSource.Infer(Context, new SourceBytes(file.Digest, file.LengthBytes));

    public Task<ParsedSource> ParseParquet(
        SourceFile file, IReadOnlyList<ColumnDeclaration> columns, TextFormat? format = null) =>
        ParquetSource.Parse(
            Context, new SourceBytes(file.Digest, file.LengthBytes),
            new ParseInput([], format ?? new TextFormat(), columns, null), NoHooks);

    static DerivedColumns NoHooks => new(new Dictionary<string, Func<DataFrame, DataFrame>>());

    public Task<JsonLineRows> JsonLines(SourceFile file) =>
        JsonLineRows.Open(Context, file.Digest, file.LengthBytes);

    public async Task<InferredSource> Infer(TypedRows rows, TextFormat? format = null)
    {
        await using (rows)
            return await TypedSource.Infer(Context, rows, format ?? new TextFormat());
    }

    public async Task<ParsedSource> Parse(
        TypedRows rows, IReadOnlyList<ColumnDeclaration> columns, TextFormat? format = null)
    {
        await using (rows)
            return await TypedSource.Parse(
                Context, rows, new ParseInput([], format ?? new TextFormat(), columns, null),
                new SourceBytes(default, 0), NoHooks);
    }

    public Task<Table> Table(ParsedSource parsed) =>
        TableFile.Read(Context.Locate(parsed.Part!.File), ct: Context.Cancellation);

    public static string Described(InferredSource inferred) => string.Join(", ", Inference.Merge([inferred])
        .Select(column => $"{column.Name} {column.Column().TypeWord}"));

    public static string Cells(Table table, string column) =>
        string.Join('|', Enumerable.Range(0, table.RowCount).Select(row => table[column].Text(row) ?? "-"));

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
