using System.Text.Json;

namespace Mlops.Engine;

/// <summary>A stage with its input, its types out of sight: what the engine plans, looks up and executes.</summary>
sealed record StageCall(
    ActionKey Key,
    int Cores,
    Func<StageContext, Task<object>> Execute,
    Func<object, byte[]> WriteOutput,
    Func<byte[], object> ReadOutput)
{
    public static StageCall Of<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input) => new(
        ActionKey.Of(stage.Name, stage.Version, stage.Toolchain, JsonSerializer.SerializeToUtf8Bytes(input, stage.Input)),
        stage.Cores(input),
        async context => (await stage.Body(context, input))!,
        output => CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes((TOutput)output, stage.Output)),
        bytes => JsonSerializer.Deserialize(bytes, stage.Output)!);
}
