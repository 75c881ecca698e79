namespace Mlops.Targets;

/// <summary>Enters a target's edges on both of their ends.</summary>
static class Edges
{
    public static void Connect(ExecutableTarget target, Edge edge, ExecutableTarget other)
    {
        switch (edge.Kind)
        {
            case EdgeKind.DependsOn: Depend(target, other); break;
            case EdgeKind.DependentFor: Depend(other, target); break;
            case EdgeKind.After: AddOnce(target.OrderList, other); break;
            case EdgeKind.Before: AddOnce(other.OrderList, target); break;
            case EdgeKind.Triggers: Trigger(target, other); break;
            case EdgeKind.TriggeredBy: Trigger(other, target); break;
            case EdgeKind.Consumes: target.Consumed.Add((other, edge.Artifacts ?? [])); break;
            default: throw new ArgumentOutOfRangeException(nameof(edge));
        }
    }

    public static void Depend(ExecutableTarget dependent, ExecutableTarget dependency)
    {
        AddOnce(dependent.DependencyList, dependency);
        AddOnce(dependency.DependentList, dependent);
    }

    static void Trigger(ExecutableTarget source, ExecutableTarget triggered)
    {
        AddOnce(source.TriggerList, triggered);
        AddOnce(triggered.TriggerDependencyList, source);
    }

    static void AddOnce(List<ExecutableTarget> list, ExecutableTarget item)
    {
        if (!list.Contains(item))
            list.Add(item);
    }
}
