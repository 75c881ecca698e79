using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine;

/// <summary>A stage, its types out of sight.</summary>
public abstract record Stage(string Name, int Version, string Toolchain)
{
    /// <summary>
    /// The stages that the body calls, itself left out. Their versions are in no key of this one: a trace
    /// says which it was made with, and what this build has is held against that.
    /// </summary>
    public Func<IReadOnlyCollection<Stage>> Calls { get; init; } = static () => [];

    /// <summary>
    /// Names of fields of the input, at any depth, that say how what is upstream was made: when, where, how
    /// fast. They are in the key as all else, and no reason names them.
    /// </summary>
    public IReadOnlyCollection<string> Circumstances { get; init; } = [];

    /// <summary>These stages with those that they call, and what those call, each once.</summary>
    public static IReadOnlyCollection<Stage> WithCalled(IEnumerable<Stage> stages)
    {
        var all = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (var stage in stages)
            Add(stage);
        return all.Values;

        void Add(Stage stage)
        {
            if (!all.TryAdd(stage.Name, stage))
                return;
            foreach (var called in stage.Calls())
                Add(called);
        }
    }

    /// <summary>
    /// Describes how its records are written, which is else done when it is first needed and takes
    /// some milliseconds.
    /// </summary>
    public abstract void Describe();

    /// <param name="input">The input record as JSON.</param>
    internal abstract StageCall Call(ReadOnlySpan<byte> input);
}

/// <summary>A pure, typed function from an input record to an output record.</summary>
/// <param name="Name">Part of every key, in PascalCase: <c>Ingest</c>, <c>Ingest.ParseFile</c>.</param>
/// <param name="Version">Raised whenever the same input may give another output than before.</param>
/// <param name="Toolchain">The libraries whose version may change the output,
/// as <c>Parquet.Net 6.1.0</c>.</param>
/// <param name="DescribeInput">How the input record is written into a key.</param>
/// <param name="DescribeOutput">How the output record is written into a trace.</param>
/// <param name="Body">The work. Reads no clock, no disk, no environment but through its context.</param>
public sealed record Stage<TInput, TOutput>(
    string Name,
    int Version,
    string Toolchain,
    Func<JsonTypeInfo<TInput>> DescribeInput,
    Func<JsonTypeInfo<TOutput>> DescribeOutput,
    Func<StageContext, TInput, Task<TOutput>> Body) : Stage(Name, Version, Toolchain)
{
    /// <param name="input">Described already.</param>
    /// <param name="output">Described already.</param>
    public Stage(
        string name, int version, string toolchain, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output,
        Func<StageContext, TInput, Task<TOutput>> body)
        : this(name, version, toolchain, () => input, () => output, body)
    {
    }

    public JsonTypeInfo<TInput> Input => DescribeInput();

    public JsonTypeInfo<TOutput> Output => DescribeOutput();

    /// <summary>
    /// Writes an input record, to the byte as <see cref="Input"/> would, with nothing to describe beforehand;
    /// null for that.
    /// </summary>
    public Action<Utf8JsonWriter, TInput>? InputWriter { get; init; }

    /// <inheritdoc cref="InputWriter"/>
    public Action<Utf8JsonWriter, TOutput>? OutputWriter { get; init; }

    /// <summary>How many cores the body keeps busy by threads of its own; at least 1.</summary>
    public Func<TInput, int> Cores { get; init; } = _ => 1;

    /// <summary>
    /// Reads an output record by hand, where so many are looked up that the serializer takes too long; null
    /// for the serializer. See <see cref="RecordSteps"/>.
    /// </summary>
    public RecordPart<TOutput>? ReadOutput { get; init; }

    /// <summary>
    /// What can be said of an output by its input alone. Asked of records that another machine wrote, before
    /// they are believed; all the more where something outside the store, such as a file
    /// name, is made of them.
    /// </summary>
    public Func<TInput, TOutput, bool> Fits { get; init; } = (_, _) => true;

    public override void Describe()
    {
        if (InputWriter is null)
            Input.MakeReadOnly();
        if (OutputWriter is null)
            Output.MakeReadOnly();
    }

    internal byte[] WriteInput(TInput input) => InputWriter is { } write
        ? RecordBuffer.Written(json => write(json, input))
        : JsonSerializer.SerializeToUtf8Bytes(input, Input);

    internal byte[] WriteOutput(TOutput output) => OutputWriter is { } write
        ? RecordBuffer.Written(json => write(json, output))
        : JsonSerializer.SerializeToUtf8Bytes(output, Output);

    internal override StageCall Call(ReadOnlySpan<byte> input) =>
        StageCall.Of(this, JsonSerializer.Deserialize(input, Input)!);
}
