/// <summary>What this build tells the project's own host beyond what NUKE asks for.</summary>
sealed partial class Build
{
    protected override void WritePlan(TextWriter output) =>
        output.WriteLine("Nothing stands behind these targets yet.");
}
