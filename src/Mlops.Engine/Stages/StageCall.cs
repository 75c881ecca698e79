using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// A stage with its input, its types out of sight: what the engine plans, looks up and executes.
/// </summary>
/// <param name="WriteJson">As the serializer writes it, which is not canonical yet.</param>
/// <param name="CouldGive">Whether a record that somebody else wrote may be the call's output.</param>
sealed record StageCall(
    ActionKey Key,
    int Cores,
    Func<StageContext, Task<object>> Execute,
    Func<object, byte[]> WriteJson,
    Func<ReadOnlyMemory<byte>, object> ReadOutput,
    Predicate<byte[]> CouldGive)
{
    /// <summary>The output's record.</summary>
    public byte[] WriteOutput(object output) => CanonicalJson.Write(WriteJson(output));

    public static StageCall Of<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input) => new(
        ActionKey.Of(stage.Name, stage.Version, stage.Toolchain, stage.WriteInput(input)),
        stage.Cores(input),
        async context => (await stage.Body(context, input))!,
        output => stage.WriteOutput((TOutput)output),
        bytes => (stage.ReadOutput is { } read
            ? RecordSteps.Read(bytes.Span, read)
            : JsonSerializer.Deserialize(bytes.Span, stage.Output))!,
        bytes => CouldGiveIt(stage, input, bytes));

    /// <summary>
    /// Whether a record that somebody else wrote is to the byte as the stage would write it for this input.
    /// </summary>
    static bool CouldGiveIt<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input, byte[] record) =>
        JsonSerializer.Deserialize(record, StrictJson.Of(stage.Output)) is { } output
        && CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(output, stage.Output))
            .AsSpan().SequenceEqual(record)
        && stage.Fits(input, output);
}
