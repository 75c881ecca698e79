using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine;

/// <summary>A stage, its types out of sight.</summary>
public abstract record Stage(string Name, int Version, string Toolchain)
{
    /// <param name="input">The input record as JSON.</param>
    internal abstract StageCall Call(ReadOnlySpan<byte> input);
}

/// <summary>A pure, typed function from an input record to an output record.</summary>
/// <param name="Name">Part of every key, in PascalCase: <c>Ingest</c>, <c>Ingest.ParseFile</c>.</param>
/// <param name="Version">Raised whenever the same input may give another output than before.</param>
/// <param name="Toolchain">The libraries whose version may change the output, as <c>Parquet.Net 6.1.0</c>.</param>
/// <param name="Input">How the input record is written into a key.</param>
/// <param name="Output">How the output record is written into a trace.</param>
/// <param name="Body">The work. Reads no clock, no disk, no environment but through its context.</param>
public sealed record Stage<TInput, TOutput>(
    string Name,
    int Version,
    string Toolchain,
    JsonTypeInfo<TInput> Input,
    JsonTypeInfo<TOutput> Output,
    Func<StageContext, TInput, Task<TOutput>> Body) : Stage(Name, Version, Toolchain)
{
    /// <summary>How many cores the body keeps busy by threads of its own; at least 1.</summary>
    public Func<TInput, int> Cores { get; init; } = _ => 1;

    /// <summary>
    /// What can be said of an output by its input alone. Asked of records that another machine wrote, before they are
    /// believed; all the more where something outside the store, such as a file name, is made of them.
    /// </summary>
    public Func<TInput, TOutput, bool> Fits { get; init; } = (_, _) => true;

    internal override StageCall Call(ReadOnlySpan<byte> input) =>
        StageCall.Of(this, JsonSerializer.Deserialize(input, Input)!);
}
