sealed partial class Build : TargetBuild
{
    public static int Main() => Execute<Build>(x => x.Report);

    Target Report => _ => _
        .Description("Write the audit report of each pipeline")
        .Executes(() => Console.WriteLine("nothing to report yet"));
}
