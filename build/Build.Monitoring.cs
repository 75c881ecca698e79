sealed partial class Build
{
    Target Monitor => _ => _
        .Description(
            "Compare the current window with the reference: drift in data and accuracy; fails by threshold")
        .After(Train)
        .Before(Report)
        .Brings(graph => graph.Monitor, graph => graph.DriftReport);
}
