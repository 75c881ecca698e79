namespace Mlops.Data.Ingestion.Typed;

/// <summary>The rows of a source that knows what its cells are: JSON lines, a table of a database.</summary>
abstract class TypedRows : IAsyncDisposable
{
    /// <summary>
    /// The columns met so far, in order of first appearance; grows where a source has no header.
    /// </summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Whether the names are all known before the first row.</summary>
    public virtual bool HasHeader => true;

    /// <summary>Whether what is numbered are the lines of a file, or else rows.</summary>
    public virtual bool HasLines => false;

    /// <summary>Whether the source itself says that a column's cells are dates or times.</summary>
    public virtual bool IsTime(string column) => false;

    /// <summary>What was done to the names, in words.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    public RowCells Cells { get; } = new();

    /// <summary>1-based: the line of a file, or the row of a result.</summary>
    public long Line { get; protected set; }

    /// <summary>What is wrong with the row as a whole, if anything.</summary>
    public string? Fault { get; protected set; }

    /// <inheritdoc cref="RecordReader.IsMarked"/>
    public virtual bool IsMarked => false;

    /// <summary>The row as it stands in the source, or as JSON where it stands there in no text.</summary>
    public virtual string Raw => RowText.Of(Names, Cells);

    /// <summary>Goes to the next row.</summary>
    public abstract ValueTask<bool> Next(CancellationToken ct);

    /// <summary>To be called when all rows are read, so that the digest of the bytes is checked.</summary>
    public virtual Task Finish(CancellationToken ct) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
