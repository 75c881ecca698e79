using Mlops.Engine;

/// <summary>A key as a person reads it.</summary>
static class ExplanationText
{
    public static void Write(Explanation explanation, TextWriter output)
    {
        var key = explanation.Key;
        output.WriteLine($"  {explanation.Step}: {PlanLines.Of(explanation.Verdict)}");
        Fact("key", key.Digest.ToString());
        Fact("format", ActionKey.Format);
        Fact("stage", $"{key.Stage}, version {key.Version}");
        Fact("toolchain", key.Toolchain);
        if (explanation.Trace is { } trace)
        {
            Fact("output", trace.Output.ToString());
            Fact("made", $"{trace.StartedAt:u} on {trace.Host}");
        }
        var width = explanation.Fields.Count == 0 ? 0 : explanation.Fields.Max(field => field.Path.Length);
        foreach (var field in explanation.Fields)
            output.WriteLine(
                $"    {field.Path.PadRight(width)}  {field.Value}  <- {field.Origin ?? "the build"}");

        void Fact(string name, string value) => output.WriteLine($"    {name,-9} {value}");
    }
}
